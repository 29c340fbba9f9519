package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** The families that there are. */
final class DecoderFamilies {
  private static final List<DecoderFamily> ALL =
      List.of(
          new Llama(),
          new SmearedLlama(),
          new Qwen2(),
          new Qwen3(),
          new Mistral(),
          new Phi3(),
          new Gemma2(),
          new Gpt2());

  private DecoderFamilies() {}

  /** The family of a configuration. */
  static DecoderFamily of(JsonFile config) {
    JsonNode type = config.field("model_type");
    return ALL.stream()
        .filter(family -> type != null && type.asText().equals(family.modelType()))
        .findFirst()
        .orElseThrow(
            () ->
                UnusableModelException.ofField(
                    config.path(),
                    "model_type",
                    "model_type is " + (type == null ? "absent" : type),
                    "supported are "
                        + ALL.stream()
                            .map(DecoderFamily::modelType)
                            .collect(Collectors.joining(", "))));
  }
}
