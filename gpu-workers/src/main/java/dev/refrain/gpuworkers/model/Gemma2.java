package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.model.Architecture.Activation;
import dev.refrain.gpuworkers.model.Architecture.Attention;
import dev.refrain.gpuworkers.model.Architecture.FeedForward;
import dev.refrain.gpuworkers.model.Architecture.Norm;
import dev.refrain.gpuworkers.model.Architecture.Norms;

/**
 * Gemma 2 (arXiv:2408.00118): embeddings are scaled by the root of their width, attention and
 * feed-forward are normed before and after, scores and logits are capped softly, every other layer
 * has a window.
 */
final class Gemma2 implements DecoderFamily {

  @Override
  public String modelType() {
    return "gemma2";
  }

  @Override
  public boolean tiesEmbeddings() {
    return true;
  }

  @Override
  public Architecture architecture(JsonFile config) {
    config.only("hidden_activation", "gelu_pytorch_tanh");
    config.only("attention_bias", false);
    return new Architecture(
        modelType(),
        TensorNames.LLAMA
            .with(Slot.AFTER_ATTENTION_NORM, "model.layers.*.post_attention_layernorm")
            .with(Slot.FEED_FORWARD_NORM, "model.layers.*.pre_feedforward_layernorm")
            .with(Slot.AFTER_FEED_FORWARD_NORM, "model.layers.*.post_feedforward_layernorm"),
        new Norms(Norm.RMS_AROUND_ONE, config.positive("rms_norm_eps", 1e-6), true, false),
        RopeReader.rotary(config),
        Attention.PLAIN
            .capped(
                config.positive("query_pre_attn_scalar", 256),
                cap(config, "attn_logit_softcapping", 50))
            .within(
                Windows.where(
                    config, config.size("sliding_window", 4096), layer -> layer % 2 == 0)),
        new FeedForward(true, Activation.GELU_TANH),
        Math.sqrt(config.size("hidden_size")),
        cap(config, "final_logit_softcapping", 30));
  }

  private static double cap(JsonFile config, String name, double absent) {
    return config.saysNone(name) ? 0 : config.positive(name, absent);
  }
}
