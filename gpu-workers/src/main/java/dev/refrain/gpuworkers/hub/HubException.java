package dev.refrain.gpuworkers.hub;

/** A model that cannot be fetched; the message says why, and what can be done. */
public final class HubException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what is wrong and what to do. */
  public HubException(String message) {
    super(message);
  }

  /** As above, with what led to it. */
  public HubException(String message, Throwable cause) {
    super(message, cause);
  }
}
