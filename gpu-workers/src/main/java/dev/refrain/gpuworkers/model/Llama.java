package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.model.Architecture.Attention;
import dev.refrain.gpuworkers.model.Architecture.FeedForward;
import dev.refrain.gpuworkers.model.Architecture.Norm;
import dev.refrain.gpuworkers.model.Architecture.Norms;
import dev.refrain.gpuworkers.model.Architecture.Rotary;

/**
 * Llama 2 and 3 (arXiv:2302.13971, arXiv:2307.09288, arXiv:2407.21783): norms of the root mean
 * square before attention and feed-forward, rotary positions, keys and values shared by groups of
 * queries (arXiv:2305.13245), a feed-forward gated by silu, no biases.
 */
final class Llama implements DecoderFamily {
  static final String MODEL_TYPE = "llama";

  @Override
  public String modelType() {
    return MODEL_TYPE;
  }

  @Override
  public Architecture architecture(JsonFile config) {
    config.only("hidden_act", "silu");
    config.only("attention_bias", false);
    config.only("mlp_bias", false);
    return architecture(config.positive("rms_norm_eps", 1e-6), RopeReader.rotary(config));
  }

  static Architecture architecture(double normEpsilon, Rotary rotary) {
    return new Architecture(
        MODEL_TYPE,
        TensorNames.LLAMA,
        Norms.before(Norm.RMS, normEpsilon),
        rotary,
        Attention.PLAIN,
        FeedForward.GATED_SILU);
  }
}
