package dev.refrain.gpuworkers.generate;

import java.util.List;

/**
 * Which sequences are wanted of a prompt.
 *
 * @param greedy whether a greedy sequence is wanted
 * @param samples number of sampled sequences, 0 or more; at least one sequence must be wanted
 * @param temperature divides the logits before sampling; above 0
 * @param topP nucleus mass in (0, 1]: the smallest set of likeliest tokens with this probability
 * @param maxNewTokens most tokens of each sequence, 1 or more
 * @param stopStrings generation ends before the first of these; none is empty
 * @param seed decides the samples
 */
public record Sampling(
    boolean greedy,
    int samples,
    double temperature,
    double topP,
    int maxNewTokens,
    List<String> stopStrings,
    long seed) {

  public Sampling {
    stopStrings = List.copyOf(stopStrings);
    require(samples >= 0, "samples", samples, "0 or more");
    require(greedy || samples > 0, "samples", samples, "1 or more where greedy is off");
    require(temperature > 0 && Double.isFinite(temperature), "temperature", temperature, "above 0");
    require(topP > 0 && topP <= 1, "topP", topP, "in (0, 1]");
    require(maxNewTokens >= 1, "maxNewTokens", maxNewTokens, "1 or more");
    require(
        stopStrings.stream().noneMatch(String::isEmpty), "stopStrings", stopStrings, "not empty");
  }

  /** One greedy sequence and no samples. */
  public static Sampling greedy(int maxNewTokens, List<String> stopStrings) {
    return new Sampling(true, 0, 1, 1, maxNewTokens, stopStrings, 0);
  }

  /** Number of sequences that are wanted, 1 or more. */
  public int sequences() {
    return samples + (greedy ? 1 : 0);
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, must be %s".formatted(name, value, range));
    }
  }
}
