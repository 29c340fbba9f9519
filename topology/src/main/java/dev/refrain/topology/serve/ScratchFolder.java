package dev.refrain.topology.serve;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder for a broker and its topology, removed when closed.
 *
 * @param path the folder
 */
public record ScratchFolder(Path path) implements AutoCloseable {

  /** A new folder where the system keeps temporary files. */
  public static ScratchFolder make(String name) throws IOException {
    return new ScratchFolder(Files.createTempDirectory(name));
  }

  /** An embedded broker and its state in this folder, as {@code key=value} of the configuration. */
  public List<String> settings() {
    return List.of(
        "kafka.bootstrapServers=",
        "broker.port=0",
        "broker.folder=" + path.resolve("broker"),
        "stream.stateFolder=" + path.resolve("state"));
  }

  @Override
  public void close() throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
