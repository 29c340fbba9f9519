package dev.refrain.gpuworkers.pool;

/** The worker closes, and what it was waiting for will not come in time. */
final class AbandonedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AbandonedException(String message) {
    super(message);
  }
}
