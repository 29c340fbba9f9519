package dev.refrain.schemas.registry;

/** The registry answers, and refuses: credentials, certificates or address are wrong. */
public final class RegistryRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RegistryRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
