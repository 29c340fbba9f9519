package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The families of encoders that there are. */
final class EncoderFamilies {
  private static final List<EncoderFamily> ALL =
      List.of(
          new Bert(),
          new Roberta("roberta"),
          new Roberta("xlm-roberta"),
          new DistilBert(),
          T5.INSTANCE);

  private EncoderFamilies() {}

  /** The family of a configuration; empty for one that is no encoder that there is. */
  static Optional<EncoderFamily> find(JsonFile config) {
    JsonNode type = config.field("model_type");
    return ALL.stream()
        .filter(family -> type != null && type.asText().equals(family.modelType()))
        .findFirst();
  }

  /** The family of a configuration. */
  static EncoderFamily of(JsonFile config) {
    return find(config).orElseThrow(() -> config.unsupportedType(modelTypes()));
  }

  /** {@code model_type} of all of them. */
  static List<String> modelTypes() {
    return ALL.stream().map(EncoderFamily::modelType).toList();
  }
}
