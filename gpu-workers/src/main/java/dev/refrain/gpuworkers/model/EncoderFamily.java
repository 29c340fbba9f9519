package dev.refrain.gpuworkers.model;

/**
 * One kind of encoder: how its {@code config.json} says of which shared blocks it is made. A new
 * family is one such page and a line in {@link EncoderFamilies}; see decision 018. Stateless.
 */
interface EncoderFamily {

  /** {@code model_type} of its configurations. */
  String modelType();

  /**
   * Reads which blocks an encoder has, and refuses what they would compute differently from the
   * model's authors.
   *
   * @param config whose {@code model_type} is this family's
   */
  Stack encoder(JsonFile config);

  /** Whether an encoder may leave a stored tensor unread. */
  boolean ignores(String tensor);
}
