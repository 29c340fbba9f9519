package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.model.Architecture.Attention;

/**
 * Refrain's own: a Llama whose keys are added to the ones before them, so that a head of the first
 * layer sees which token stood before which; see decision 015.
 */
final class SmearedLlama implements DecoderFamily {
  static final String MODEL_TYPE = "refrain-llama";

  @Override
  public String modelType() {
    return MODEL_TYPE;
  }

  @Override
  public Architecture architecture(JsonFile config) {
    return smeared(new Llama().architecture(config), config.positive("key_smear", 1));
  }

  static Architecture smeared(Architecture llama, double keySmear) {
    return new Architecture(
        MODEL_TYPE,
        llama.names(),
        llama.norms(),
        llama.positions(),
        Attention.PLAIN.smeared(keySmear),
        llama.feedForward());
  }
}
