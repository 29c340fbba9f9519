package dev.refrain.topology.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Holds a data folder for one process. The operating system frees it with the process, however that
 * ends.
 */
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws BrokerInUseException if a process, this one included, holds the folder already
   */
  static FolderLock take(Path folder) throws IOException {
    // Opening the file a second time and closing it would free the lock of a broker in this
    // process: POSIX locks belong to the process. So a running broker is asked for first.
    RunningBroker.in(folder)
        .ifPresent(
            running -> {
              throw inUse(folder, running);
            });
    FileChannel channel =
        FileChannel.open(
            folder.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw inUse(folder, RunningBroker.written(folder).orElse(null));
    }
    return new FolderLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static BrokerInUseException inUse(Path folder, @Nullable RunningBroker other) {
    String who =
        other == null
            ? "another process"
            : "process %d, at %s".formatted(other.pid(), other.bootstrapServers());
    return new BrokerInUseException(
        "The broker folder %s is in use by %s. Stop that one, use its address, or choose another folder."
            .formatted(folder.toAbsolutePath(), who));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
