package dev.refrain.gpuworkers.model;

/**
 * RoBERTa (arXiv:1907.11692), and XLM-RoBERTa (arXiv:1911.02116), which has but another vocabulary:
 * a BERT with one segment, whose first position stands behind that of the padding token.
 *
 * @param modelType {@code model_type} of its configurations
 */
record Roberta(String modelType) implements EncoderFamily {

  @Override
  public Stack encoder(JsonFile config) {
    return Bert.encoder(config, "roberta", config.count("pad_token_id", 1) + 1);
  }

  @Override
  public boolean ignores(String tensor) {
    return tensor.startsWith("lm_head.")
        || tensor.contains("pooler.dense.")
        || tensor.endsWith("embeddings.position_ids");
  }
}
