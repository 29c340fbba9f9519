package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.model.Architecture.Activation;
import dev.refrain.gpuworkers.model.Architecture.Attention;
import dev.refrain.gpuworkers.model.Architecture.FeedForward;
import dev.refrain.gpuworkers.model.Architecture.Learned;
import dev.refrain.gpuworkers.model.Architecture.Norm;
import dev.refrain.gpuworkers.model.Architecture.Norms;
import java.util.Map;

/**
 * GPT-2 (Radford et al., Language Models are Unsupervised Multitask Learners, 2019): learned
 * positions, layer norms, biases everywhere, a feed-forward without gate. Its matrices are stored
 * columns first.
 */
final class Gpt2 implements DecoderFamily {
  private static final TensorNames NAMES =
      new TensorNames(Map.of(), true)
          .with(Slot.EMBEDDING, "transformer.wte")
          .with(Slot.POSITIONS, "transformer.wpe")
          .with(Slot.LAST_NORM, "transformer.ln_f")
          .with(Slot.OUTPUT, "lm_head")
          .with(Slot.ATTENTION_NORM, "transformer.h.*.ln_1")
          .with(Slot.QUERIES_KEYS_VALUES, "transformer.h.*.attn.c_attn")
          .with(Slot.ATTENTION_OUTPUT, "transformer.h.*.attn.c_proj")
          .with(Slot.FEED_FORWARD_NORM, "transformer.h.*.ln_2")
          .with(Slot.UP, "transformer.h.*.mlp.c_fc")
          .with(Slot.DOWN, "transformer.h.*.mlp.c_proj");

  @Override
  public String modelType() {
    return "gpt2";
  }

  @Override
  public SizeNames sizeNames() {
    return new SizeNames("n_embd", "n_layer", "n_head", "n_positions");
  }

  @Override
  public int intermediateSize(JsonFile config) {
    return config.size("n_inner", 4 * config.size("n_embd"));
  }

  @Override
  public boolean tiesEmbeddings() {
    return true;
  }

  @Override
  public Architecture architecture(JsonFile config) {
    config.only("activation_function", "gelu_new");
    config.only("scale_attn_weights", true);
    config.only("scale_attn_by_inverse_layer_idx", false);
    return new Architecture(
        modelType(),
        NAMES,
        Norms.before(Norm.LAYER, config.positive("layer_norm_epsilon", 1e-5)),
        new Learned(),
        Attention.PLAIN.biased(true),
        new FeedForward(false, Activation.GELU_TANH));
  }
}
