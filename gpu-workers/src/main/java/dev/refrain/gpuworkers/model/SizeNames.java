package dev.refrain.gpuworkers.model;

/** What a family calls the sizes of a model in {@code config.json}. */
record SizeNames(String hiddenSize, String numLayers, String numHeads, String contextLength) {
  /** As most families. */
  static final SizeNames USUAL =
      new SizeNames(
          "hidden_size", "num_hidden_layers", "num_attention_heads", "max_position_embeddings");
}
