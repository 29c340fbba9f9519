package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.model.Architecture.Attention;
import dev.refrain.gpuworkers.model.Architecture.FeedForward;
import dev.refrain.gpuworkers.model.Architecture.Norm;
import dev.refrain.gpuworkers.model.Architecture.Norms;

/**
 * Qwen 3 (arXiv:2505.09388): a Qwen 2 without biases, whose queries and keys are normed, head by
 * head, before they turn.
 */
final class Qwen3 implements DecoderFamily {

  @Override
  public String modelType() {
    return "qwen3";
  }

  @Override
  public Architecture architecture(JsonFile config) {
    config.only("hidden_act", "silu");
    config.only("attention_bias", false);
    return new Architecture(
        modelType(),
        TensorNames.LLAMA
            .with(Slot.QUERY_NORM, "model.layers.*.self_attn.q_norm")
            .with(Slot.KEY_NORM, "model.layers.*.self_attn.k_norm"),
        new Norms(Norm.RMS, config.positive("rms_norm_eps", 1e-6), false, true),
        RopeReader.rotary(config),
        Attention.PLAIN.within(Qwen2.windows(config)),
        FeedForward.GATED_SILU);
  }
}
