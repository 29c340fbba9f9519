package dev.refrain.gpuworkers.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/** What an engine says it is, and what follows for its calls. */
enum EngineKind {
  VLLM("vllm", true, -1, "repetition_penalty"),
  SGLANG("sglang", true, -1, "repetition_penalty"),
  LLAMA_CPP("llamacpp", true, 0, "repeat_penalty"),
  /** The server of llama-cpp-python, which penalises repetition even at temperature 0. */
  LLAMA_CPP_PYTHON("me", false, 0, "repeat_penalty"),
  /** Any other, of which nothing is taken for granted. */
  OTHER("", false, 0, "");

  private final String owner;
  private final boolean severalSamples;
  private final int everyToken;
  private final String penalty;

  EngineKind(String owner, boolean severalSamples, int everyToken, String penalty) {
    this.owner = owner;
    this.severalSamples = severalSamples;
    this.everyToken = everyToken;
    this.penalty = penalty;
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

  /**
   * Turns off what it does to probabilities beside temperature and top-p: by defaults of its own
   * or, vLLM and SGLang, by the model's {@code generation_config.json}.
   */
  void leaveProbabilitiesAlone(ObjectNode body) {
    if (this != OTHER) {
      body.put("top_k", everyToken).put("min_p", 0).put(penalty, 1);
    }
  }
}
