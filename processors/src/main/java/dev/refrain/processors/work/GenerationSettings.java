package dev.refrain.processors.work;

import java.util.List;

/**
 * How the frozen model is asked to generate in a pass.
 *
 * @param maxNewTokens most tokens of each sequence, 1 or more
 * @param samples sampled sequences beside the greedy one, 0 or more
 * @param temperature sampling temperature, above 0
 * @param topP nucleus mass in (0, 1]
 * @param stop generation ends before the first of these strings
 * @param seed base of all seeds
 */
public record GenerationSettings(
    int maxNewTokens, int samples, double temperature, double topP, List<String> stop, long seed) {

  public GenerationSettings {
    stop = List.copyOf(stop);
    require(maxNewTokens >= 1, "maxNewTokens", maxNewTokens, "1 or more");
    require(samples >= 0, "samples", samples, "0 or more");
    require(temperature > 0, "temperature", temperature, "above 0");
    require(topP > 0 && topP <= 1, "topP", topP, "in (0, 1]");
  }

  /** The same without samples: the greedy sequence alone. */
  public GenerationSettings greedyOnly() {
    return withSamples(0);
  }

  /** The same with another number of samples beside the greedy sequence. */
  public GenerationSettings withSamples(int other) {
    return new GenerationSettings(maxNewTokens, other, temperature, topP, stop, seed);
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, must be %s".formatted(name, value, range));
    }
  }
}
