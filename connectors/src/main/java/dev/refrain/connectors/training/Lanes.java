package dev.refrain.connectors.training;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Results of micro-batches that are computed on other threads. */
final class Lanes {
  private Lanes() {}

  /**
   * Waits for a result; what went wrong there goes wrong here. An interruption is kept for later:
   * the micro-batch still works on native memory that the caller is about to close.
   */
  static <T> T result(Future<T> running) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return running.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException("a micro-batch failed", e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
