package dev.refrain.topology.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command close what it opened when the process is told to end (Ctrl-C, SIGTERM): the signal
 * interrupts the command's thread, and the process waits until this is closed. Open it first in a
 * try-with-resources statement, so that it is closed last. The exit code stays the signal's, 130
 * after Ctrl-C.
 */
final class Shutdown implements AutoCloseable {
  private final Duration grace;
  private final Thread command = Thread.currentThread();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onSignal, "shutdown");

  private Shutdown(Duration grace) {
    this.grace = grace;
  }

  /**
   * Watches for the signal on behalf of the calling thread.
   *
   * @param grace how long the process waits for the command to close what it opened
   */
  static Shutdown watch(Duration grace) {
    Shutdown shutdown = new Shutdown(grace);
    Runtime.getRuntime().addShutdownHook(shutdown.hook);
    return shutdown;
  }

  /** Waits until the process is told to end. */
  void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      // The signal interrupts this thread: it is what was waited for.
    }
  }

  /** Whether the process was told to end. */
  boolean asked() {
    return asked.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
    if (!asked()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending already.
      }
    }
  }

  private void onSignal() {
    asked.countDown();
    command.interrupt();
    try {
      closed.await(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
