package dev.refrain.processors.retrieval;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an index, which outlives its rebuilds:
 *
 * <pre>
 * CURRENT            names the generation in use; replaced atomically
 * generation-7/      the Lucene index in use
 * generation-6/      the one before, for searches that began on it; removed by the next build
 * build.lock         held by the one build that may run
 * </pre>
 *
 * A generation that CURRENT does not name is never read: a build that ends early changes nothing.
 */
final class IndexFolder {
  private static final String CURRENT = "CURRENT";
  private static final String GENERATION = "generation-";

  private final Path folder;

  IndexFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The name of the generation in use.
   *
   * @throws IOException if the folder holds no finished index
   */
  String current() throws IOException {
    try {
      return Files.readString(folder.resolve(CURRENT)).strip();
    } catch (NoSuchFileException e) {
      throw new IOException(
          folder + " holds no index (no file " + CURRENT + "); build one there first.", e);
    }
  }

  Path resolve(String generation) {
    return folder.resolve(generation);
  }

  /**
   * Makes the folder and keeps other builds out of it until the lock is closed.
   *
   * @throws IndexLockedException if another build runs there, in this process or another
   */
  BuildLock lock() throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("build.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel::close;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IndexLockedException(folder, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IndexLockedException(folder, null);
  }

  /** The name of a new generation, after every one there is. Requires the lock. */
  String next() throws IOException {
    long last = 0;
    for (Path generation : generations()) {
      last = Math.max(last, number(generation));
    }
    return GENERATION + (last + 1);
  }

  /** Puts a finished generation into use, in one step that readers see whole or not at all. */
  void publish(String generation) throws IOException {
    Path next = folder.resolve(CURRENT + ".next");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(StandardCharsets.UTF_8.encode(generation + "\n"));
      channel.force(true);
    }
    Files.move(
        next,
        folder.resolve(CURRENT),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes every generation that is not in use, unfinished ones too. Requires the lock. */
  void removeUnused() throws IOException {
    Path used = Files.exists(folder.resolve(CURRENT)) ? folder.resolve(current()) : null;
    for (Path generation : generations()) {
      if (!generation.equals(used)) {
        remove(generation);
      }
    }
  }

  /** Removes a generation and all that is in it. */
  static void remove(Path generation) throws IOException {
    if (!Files.exists(generation)) {
      return;
    }
    Files.walkFileTree(
        generation,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private List<Path> generations() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> number(entry) > 0).toList();
    }
  }

  /** The number in a generation's name, or 0 for anything else. */
  private static long number(Path entry) {
    String name = entry.getFileName().toString();
    return name.matches(GENERATION + "[0-9]{1,18}")
        ? Long.parseLong(name.substring(GENERATION.length()))
        : 0;
  }

  /** Held by a build. */
  interface BuildLock extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
