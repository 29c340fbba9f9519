package dev.refrain.topology.broker;

/** Another broker serves the data folder; the message names the folder and, if known, the other. */
public final class BrokerInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BrokerInUseException(String message) {
    super(message);
  }
}
