package dev.refrain.gpuworkers.model;

/**
 * One kind of decoder: how its {@code config.json} says of which shared blocks it is made. A new
 * family is one such page and a line in {@link DecoderFamilies}; see decision 016. Stateless.
 */
interface DecoderFamily {

  /** {@code model_type} of its configurations. */
  String modelType();

  /**
   * Reads which blocks a model has, and refuses what they would compute differently from the
   * model's authors.
   *
   * @param config whose {@code model_type} is this family's
   */
  Architecture architecture(JsonFile config);

  /** What it calls its sizes. */
  default SizeNames sizeNames() {
    return SizeNames.USUAL;
  }

  /** F, where it is not stated as most families state it. */
  default int intermediateSize(JsonFile config) {
    return config.size("intermediate_size");
  }

  /** Whether embeddings are tied where the configuration does not say. */
  default boolean tiesEmbeddings() {
    return false;
  }
}
