package dev.refrain.schemas.registry;

/** No schema has the id that a record names. */
public final class UnknownSchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownSchemaException(int id) {
    super("No schema has the id %d in the registry.".formatted(id));
  }
}
