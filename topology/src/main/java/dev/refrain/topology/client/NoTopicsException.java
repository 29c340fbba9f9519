package dev.refrain.topology.client;

/** The cluster does not answer or has not the topics; the message says which and what helps. */
public final class NoTopicsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoTopicsException(String message) {
    super(message);
  }

  NoTopicsException(String message, Throwable cause) {
    super(message, cause);
  }
}
