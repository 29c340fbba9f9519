package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which layers see only the positions just before (arXiv:2004.05150, section 3.1).
 *
 * @param size how many positions a position sees there, its own with them; 0 where all layers see
 *     everything before
 * @param layers for each layer whether it has the window; empty where none has
 */
public record Windows(int size, List<Boolean> layers) {
  /** All layers see everything before. */
  static final Windows NONE = new Windows(0, List.of());

  public Windows {
    layers = List.copyOf(layers);
    if (size < 0 || (size == 0) != layers.isEmpty()) {
      throw new IllegalArgumentException(
          "a window of %d for layers %s, must be above 0 where layers are named"
              .formatted(size, layers));
    }
  }

  /**
   * All layers, unless {@code sliding_window} is null.
   *
   * @param absent the size where the field is absent; 0 for none
   */
  static Windows everywhere(JsonFile config, int absent) {
    int size = config.saysNone("sliding_window") ? 0 : config.size("sliding_window", absent);
    int layers = config.size("num_hidden_layers");
    return size == 0 ? NONE : new Windows(size, Collections.nCopies(layers, true));
  }

  /**
   * The layers that {@code layer_types} names.
   *
   * @param size of the window
   * @param otherwise which layers have it where the field is absent
   */
  static Windows where(JsonFile config, int size, IntPredicate otherwise) {
    int count = config.size("num_hidden_layers");
    JsonNode types = config.field("layer_types");
    if (types != null && (!types.isArray() || types.size() != count)) {
      throw config.wrong("layer_types", types, "one type for each of %d layers".formatted(count));
    }
    List<Boolean> layers =
        IntStream.range(0, count)
            .mapToObj(
                layer -> types == null ? otherwise.test(layer) : windowed(config, types.get(layer)))
            .toList();
    return layers.contains(true) ? new Windows(size, layers) : NONE;
  }

  private static boolean windowed(JsonFile config, JsonNode type) {
    return switch (type.asText()) {
      case "sliding_attention" -> true;
      case "full_attention" -> false;
      default -> throw config.wrong("layer_types", type, "sliding_attention or full_attention");
    };
  }
}
