package dev.refrain.processors.difficulty;

import java.util.List;

/**
 * One generated sequence as the estimate sees it.
 *
 * @param text the generated text, stripped
 * @param logProbabilities natural-log probability of each generated token; may be empty
 * @param firstTokenEntropy entropy in nats of the distribution over the first token
 * @param greedy whether it is the greedy sequence
 */
public record Sample(
    String text, List<Float> logProbabilities, double firstTokenEntropy, boolean greedy) {

  public Sample {
    text = text.strip();
    logProbabilities = List.copyOf(logProbabilities);
  }

  /** Sum of the token log-probabilities. */
  public double logProbability() {
    return logProbabilities.stream().mapToDouble(Float::doubleValue).sum();
  }

  /** Length-normalised log-probability; 0 for an empty sequence. */
  public double meanLogProbability() {
    return logProbabilities.isEmpty() ? 0 : logProbability() / logProbabilities.size();
  }

  /** Log-probability of the least likely token; 0 for an empty sequence. */
  public double minLogProbability() {
    return logProbabilities.stream().mapToDouble(Float::doubleValue).min().orElse(0);
  }
}
