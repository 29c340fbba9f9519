package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.model.Architecture.Rotary;

/** Reads rotary positions from {@code config.json}. */
final class RopeReader {
  private RopeReader() {}

  /**
   * Base and scaling. Transformers 5 keeps both inside {@code rope_parameters}, earlier ones keep
   * the base beside {@code rope_scaling}.
   */
  static Rotary rotary(JsonFile config) {
    JsonFile parameters = config.object("rope_parameters");
    JsonFile scaling = parameters == null ? config.object("rope_scaling") : parameters;
    JsonFile holder =
        parameters != null && parameters.field("rope_theta") != null ? parameters : config;
    return new Rotary(
        holder.positive("rope_theta", 10000),
        config.positive("partial_rotary_factor", 1),
        scaling == null ? new RopeScaling.None() : scaling(scaling));
  }

  private static RopeScaling scaling(JsonFile scaling) {
    String name = scaling.field("rope_type") == null ? "type" : "rope_type";
    JsonNode type = scaling.field(name);
    return switch (type == null ? "" : type.asText()) {
      case "default" -> new RopeScaling.None();
      default -> throw scaling.wrong(name, type, "default");
    };
  }
}
