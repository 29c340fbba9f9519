package dev.refrain.schemas.registry;

/** A schema was refused under its subject; the message names the subject and the difference. */
public final class IncompatibleSchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IncompatibleSchemaException(String subject, String difference) {
    super(
        "Schema refused for subject '%s': %s. Change it compatibly (new fields with defaults), or use another subject."
            .formatted(subject, difference));
  }
}
