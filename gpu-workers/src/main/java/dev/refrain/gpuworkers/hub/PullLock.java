package dev.refrain.gpuworkers.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds a target for one pull. The operating system frees it with the process, however that ends.
 */
final class PullLock implements AutoCloseable {
  private final FileChannel channel;

  private PullLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param locks folder of the locks of all targets, made if it is not there
   * @param target what is pulled into
   * @throws HubException if another pull has it
   */
  static PullLock take(Path locks, Path target) throws IOException {
    byte[] name = target.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
    Path file = Files.createDirectories(locks).resolve(UUID.nameUUIDFromBytes(name) + ".lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new HubException(
          "Process %s is pulling into %s. Wait for its end, or choose another folder with --out."
              .formatted(Files.readString(file), target));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
    return new PullLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
