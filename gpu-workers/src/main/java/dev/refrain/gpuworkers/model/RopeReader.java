package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.model.Architecture.Rotary;
import org.jspecify.annotations.Nullable;

/**
 * Reads rotary positions from {@code config.json}, with the defaults of Hugging Face's {@code
 * modeling_rope_utils.py}.
 */
final class RopeReader {
  private static final String ORIGINAL = "original_max_position_embeddings";

  private final JsonFile config;
  private final JsonFile rope;

  private RopeReader(JsonFile config, JsonFile rope) {
    this.config = config;
    this.rope = rope;
  }

  /**
   * Base and scaling. Transformers 5 keeps both inside {@code rope_parameters}, earlier ones keep
   * the base beside {@code rope_scaling}.
   */
  static Rotary rotary(JsonFile config) {
    config.only("partial_rotary_factor", 1);
    return partlyRotary(config);
  }

  /** The same where a part of each head may turn alone. */
  static Rotary partlyRotary(JsonFile config) {
    JsonFile parameters = config.object("rope_parameters");
    JsonFile rope = parameters == null ? config.object("rope_scaling") : parameters;
    return new Rotary(
        held("rope_theta", rope, config).positive("rope_theta", 10000),
        held("partial_rotary_factor", rope, config).positive("partial_rotary_factor", 1),
        rope == null ? new RopeScaling.None() : new RopeReader(config, rope).scaling());
  }

  /** The inner object where it has a field, else the outer one. */
  private static JsonFile held(String name, @Nullable JsonFile inner, JsonFile outer) {
    return inner != null && inner.field(name) != null ? inner : outer;
  }

  private RopeScaling scaling() {
    String name = rope.field("rope_type") == null ? "type" : "rope_type";
    JsonNode type = rope.field(name);
    return switch (type == null ? "" : type.asText()) {
      case "default" -> new RopeScaling.None();
      case "linear" -> new RopeScaling.Linear(rope.positive("factor"));
      case "llama3" ->
          new RopeScaling.Llama3(
              rope.positive("factor"),
              rope.positive("low_freq_factor"),
              rope.positive("high_freq_factor"),
              rope.size(ORIGINAL));
      case "yarn" -> yarn();
      case "longrope", "su" -> longRope();
      default -> throw rope.wrong(name, type, "one of default, linear, llama3, yarn, longrope");
    };
  }

  private RopeScaling yarn() {
    rope.only("truncate", true);
    rope.only("mscale", 0);
    double factor = rope.positive("factor");
    return new RopeScaling.Yarn(
        factor,
        rope.size(ORIGINAL, config.size("max_position_embeddings")),
        rope.positive("beta_fast", 32),
        rope.positive("beta_slow", 1),
        rope.positive("attention_factor", 1 + 0.1 * Math.log(factor)));
  }

  private RopeScaling longRope() {
    int original = held(ORIGINAL, rope, config).size(ORIGINAL);
    double factor = (double) config.size("max_position_embeddings") / original;
    double amplitude = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
    return new RopeScaling.LongRope(
        rope.numbers("short_factor"),
        rope.numbers("long_factor"),
        original,
        rope.positive("attention_factor", amplitude));
  }
}
