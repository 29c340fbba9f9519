package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.model.Architecture.Attention;
import dev.refrain.gpuworkers.model.Architecture.FeedForward;
import dev.refrain.gpuworkers.model.Architecture.Norm;
import dev.refrain.gpuworkers.model.Architecture.Norms;

/** Mistral (arXiv:2310.06825): a Llama all of whose layers may have windows. */
final class Mistral implements DecoderFamily {

  @Override
  public String modelType() {
    return "mistral";
  }

  @Override
  public Architecture architecture(JsonFile config) {
    config.only("hidden_act", "silu");
    return new Architecture(
        modelType(),
        TensorNames.LLAMA,
        Norms.before(Norm.RMS, config.positive("rms_norm_eps", 1e-6)),
        RopeReader.rotary(config),
        Attention.PLAIN.within(Windows.everywhere(config, 4096)),
        FeedForward.GATED_SILU);
  }
}
