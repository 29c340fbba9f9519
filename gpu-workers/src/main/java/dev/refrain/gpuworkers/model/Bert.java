package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.model.Architecture.Activation;
import dev.refrain.gpuworkers.model.Architecture.FeedForward;
import dev.refrain.gpuworkers.model.Architecture.Norm;
import java.util.Map;

/**
 * BERT (arXiv:1810.04805): learned positions and segments, layer norms after attention and
 * feed-forward, biases everywhere. All of a sequence is of the first segment.
 */
final class Bert implements EncoderFamily {

  @Override
  public String modelType() {
    return "bert";
  }

  @Override
  public Stack encoder(JsonFile config) {
    return encoder(config, modelType(), 0);
  }

  /**
   * Of a family that computes as BERT.
   *
   * @param prefix of the names of its tensors
   * @param firstPosition which stored position is the first
   */
  static Stack encoder(JsonFile config, String prefix, int firstPosition) {
    config.only("hidden_act", "gelu");
    config.only("position_embedding_type", "absolute");
    config.only("is_decoder", false);
    config.only("add_cross_attention", false);
    int hidden = config.size("hidden_size");
    int heads = config.size("num_attention_heads");
    return new Stack(
        names(prefix),
        new Stack.Sizes(
            config.size("vocab_size"),
            hidden,
            config.size("intermediate_size"),
            config.size("num_hidden_layers"),
            heads,
            config.headSize("hidden_size", heads)),
        Norm.LAYER,
        config.positive("layer_norm_eps", 1e-12),
        true,
        true,
        new Stack.Learned(
            config.size("max_position_embeddings", 512),
            firstPosition,
            config.size("type_vocab_size", 2)),
        new FeedForward(false, Activation.GELU));
  }

  private static TensorNames names(String prefix) {
    String embeddings = prefix + ".embeddings.";
    String layer = prefix + ".encoder.layer.*.";
    return new TensorNames(Map.of(), false)
        .with(Slot.EMBEDDING, embeddings + "word_embeddings")
        .with(Slot.POSITIONS, embeddings + "position_embeddings")
        .with(Slot.SEGMENTS, embeddings + "token_type_embeddings")
        .with(Slot.EMBEDDING_NORM, embeddings + "LayerNorm")
        .with(
            Slot.QUERIES_KEYS_VALUES,
            layer + "attention.self.query",
            layer + "attention.self.key",
            layer + "attention.self.value")
        .with(Slot.ATTENTION_OUTPUT, layer + "attention.output.dense")
        .with(Slot.AFTER_ATTENTION_NORM, layer + "attention.output.LayerNorm")
        .with(Slot.UP, layer + "intermediate.dense")
        .with(Slot.DOWN, layer + "output.dense")
        .with(Slot.AFTER_FEED_FORWARD_NORM, layer + "output.LayerNorm");
  }

  /** What was trained on top, and a buffer of older checkpoints. */
  @Override
  public boolean ignores(String tensor) {
    return tensor.startsWith("cls.")
        || tensor.contains("pooler.dense.")
        || tensor.endsWith("embeddings.position_ids");
  }
}
