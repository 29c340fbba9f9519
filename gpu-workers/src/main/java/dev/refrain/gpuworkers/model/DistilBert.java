package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.model.Architecture.Activation;
import dev.refrain.gpuworkers.model.Architecture.FeedForward;
import dev.refrain.gpuworkers.model.Architecture.Norm;
import java.util.Map;

/** DistilBERT (arXiv:1910.01108): a BERT without segments, under other names. */
final class DistilBert implements EncoderFamily {
  private static final TensorNames NAMES =
      new TensorNames(Map.of(), false)
          .with(Slot.EMBEDDING, "distilbert.embeddings.word_embeddings")
          .with(Slot.POSITIONS, "distilbert.embeddings.position_embeddings")
          .with(Slot.EMBEDDING_NORM, "distilbert.embeddings.LayerNorm")
          .with(
              Slot.QUERIES_KEYS_VALUES,
              "distilbert.transformer.layer.*.attention.q_lin",
              "distilbert.transformer.layer.*.attention.k_lin",
              "distilbert.transformer.layer.*.attention.v_lin")
          .with(Slot.ATTENTION_OUTPUT, "distilbert.transformer.layer.*.attention.out_lin")
          .with(Slot.AFTER_ATTENTION_NORM, "distilbert.transformer.layer.*.sa_layer_norm")
          .with(Slot.UP, "distilbert.transformer.layer.*.ffn.lin1")
          .with(Slot.DOWN, "distilbert.transformer.layer.*.ffn.lin2")
          .with(Slot.AFTER_FEED_FORWARD_NORM, "distilbert.transformer.layer.*.output_layer_norm");

  @Override
  public String modelType() {
    return "distilbert";
  }

  @Override
  public Stack encoder(JsonFile config) {
    config.only("activation", "gelu");
    int heads = config.size("n_heads");
    return new Stack(
        NAMES,
        new Stack.Sizes(
            config.size("vocab_size"),
            config.size("dim"),
            config.size("hidden_dim"),
            config.size("n_layers"),
            heads,
            config.headSize("dim", heads)),
        Norm.LAYER,
        1e-12,
        true,
        true,
        new Stack.Learned(config.size("max_position_embeddings", 512), 0, 0),
        new FeedForward(false, Activation.GELU));
  }

  @Override
  public boolean ignores(String tensor) {
    return tensor.startsWith("vocab_");
  }
}
