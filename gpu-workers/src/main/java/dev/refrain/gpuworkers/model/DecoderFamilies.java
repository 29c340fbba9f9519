package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

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

  /** The family of a configuration; empty for one that is no decoder that there is. */
  static Optional<DecoderFamily> find(JsonFile config) {
    JsonNode type = config.field("model_type");
    return ALL.stream()
        .filter(family -> type != null && type.asText().equals(family.modelType()))
        .findFirst();
  }

  /** The family of a configuration. */
  static DecoderFamily of(JsonFile config) {
    return find(config)
        .orElseThrow(
            () ->
                EncoderFamilies.find(config).isPresent()
                    ? config.wrong(
                        "model_type",
                        config.field("model_type"),
                        "a decoder's, which alone answers, not an encoder's: "
                            + String.join(", ", modelTypes()))
                    : config.unsupportedType(modelTypes()));
  }

  /** {@code model_type} of all of them. */
  static List<String> modelTypes() {
    return ALL.stream().map(DecoderFamily::modelType).toList();
  }
}
