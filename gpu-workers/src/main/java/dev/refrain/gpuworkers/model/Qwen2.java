package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.model.Architecture.Attention;
import dev.refrain.gpuworkers.model.Architecture.FeedForward;
import dev.refrain.gpuworkers.model.Architecture.Norm;
import dev.refrain.gpuworkers.model.Architecture.Norms;

/**
 * Qwen 2 and 2.5 (arXiv:2407.10671, arXiv:2412.15115): a Llama whose queries, keys and values have
 * biases, and whose upper layers may have windows.
 */
final class Qwen2 implements DecoderFamily {

  @Override
  public String modelType() {
    return "qwen2";
  }

  @Override
  public Architecture architecture(JsonFile config) {
    config.only("hidden_act", "silu");
    return new Architecture(
        modelType(),
        TensorNames.LLAMA,
        Norms.before(Norm.RMS, config.positive("rms_norm_eps", 1e-6)),
        RopeReader.rotary(config),
        Attention.PLAIN.biased(false).within(windows(config)),
        FeedForward.GATED_SILU);
  }

  /** The layers from {@code max_window_layers} on, where windows are used at all. */
  static Windows windows(JsonFile config) {
    if (!config.flag("use_sliding_window", false)) {
      return Windows.NONE;
    }
    int first = config.count("max_window_layers", 28);
    return Windows.where(config, config.size("sliding_window", 4096), layer -> layer >= first);
  }
}
