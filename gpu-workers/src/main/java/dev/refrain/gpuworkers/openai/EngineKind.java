package dev.refrain.gpuworkers.openai;

import java.util.Arrays;

/** What an engine says it is, and what follows for its calls. */
enum EngineKind {
  VLLM("vllm", true),
  SGLANG("sglang", true),
  LLAMA_CPP("llamacpp", true),
  /** Any other, of which nothing is taken for granted. */
  OTHER("", false);

  private final String owner;
  private final boolean severalSamples;

  EngineKind(String owner, boolean severalSamples) {
    this.owner = owner;
    this.severalSamples = severalSamples;
  }

  /**
   * @param owner who owns the model, as the engine's list of models says
   */
  static EngineKind of(String owner) {
    return Arrays.stream(values())
        .filter(kind -> kind.owner.equals(owner))
        .findFirst()
        .orElse(OTHER);
  }

  /** Whether it gives several samples in one call, with seeds that follow each other. */
  boolean severalSamples() {
    return severalSamples;
  }
}
