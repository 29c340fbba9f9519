package dev.refrain.topology.broker;

/** A cluster could not be asked, or refused; the message says what was wanted and what may help. */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
