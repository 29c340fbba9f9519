package dev.refrain.gpuworkers.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Ends a stream that has given nothing for a while; reading then fails instead of waiting on. */
final class StallGuard extends FilterInputStream {
  private final Duration longest;
  private final Thread watcher;
  private volatile long heard = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream in, Duration longest) {
    super(in);
    this.longest = longest;
    this.watcher = Thread.ofVirtual().name("stall-guard").start(this::watch);
  }

  @Override
  public int read(byte[] block, int offset, int length) throws IOException {
    try {
      int read = super.read(block, offset, length);
      heard = System.nanoTime();
      return read;
    } catch (IOException e) {
      throw stalled
          ? new IOException("no byte came for %d ms".formatted(longest.toMillis()), e)
          : e;
    }
  }

  @Override
  public void close() throws IOException {
    watcher.interrupt();
    super.close();
  }

  private void watch() {
    try {
      for (long left = longest.toNanos(); left > 0; left = left()) {
        Thread.sleep(Duration.ofNanos(left));
      }
      stalled = true;
      super.close();
    } catch (InterruptedException | IOException e) {
      // The stream is at its end already.
    }
  }

  private long left() {
    return longest.toNanos() - (System.nanoTime() - heard);
  }
}
