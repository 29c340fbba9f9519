package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.model.Architecture.Attention;
import dev.refrain.gpuworkers.model.Architecture.FeedForward;
import dev.refrain.gpuworkers.model.Architecture.Norm;
import dev.refrain.gpuworkers.model.Architecture.Norms;

/**
 * Phi-3, 3.5 and 4 mini (arXiv:2404.14219): a Mistral whose projections are stored joined, which
 * may turn a part of each head only and read further by long rotary factors.
 */
final class Phi3 implements DecoderFamily {

  @Override
  public String modelType() {
    return "phi3";
  }

  @Override
  public Architecture architecture(JsonFile config) {
    config.only("hidden_act", "silu");
    return new Architecture(
        modelType(),
        TensorNames.LLAMA
            .with(Slot.QUERIES_KEYS_VALUES, "model.layers.*.self_attn.qkv_proj")
            .with(Slot.GATE_UP, "model.layers.*.mlp.gate_up_proj"),
        Norms.before(Norm.RMS, config.positive("rms_norm_eps", 1e-5)),
        RopeReader.partlyRotary(config),
        Attention.PLAIN.within(Windows.everywhere(config, 0)),
        FeedForward.GATED_SILU);
  }
}
