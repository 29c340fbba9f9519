package dev.refrain.processors.difficulty;

import java.util.List;

/**
 * One generated sequence as the estimate sees it.
 *
 * @param text the generated text, stripped
 * @param logProbabilities natural-log probability of each generated token; may be empty
 * @param firstTokenEntropy entropy in nats of the distribution over the first token
 * @param greedy whether it is the greedy sequence
 * @param declined whether the model declined to answer; its text is blank then
 */
public record Sample(
    String text,
    List<Float> logProbabilities,
    double firstTokenEntropy,
    boolean greedy,
    boolean declined) {

  public Sample {
    text = text.strip();
    logProbabilities = List.copyOf(logProbabilities);
    if (declined && !text.isEmpty()) {
      throw new IllegalArgumentException(
          "text is '%s', must be blank where the model declined".formatted(text));
    }
  }

  /** A sequence that is an answer as it stands. */
  public Sample(
      String text, List<Float> logProbabilities, double firstTokenEntropy, boolean greedy) {
    this(text, logProbabilities, firstTokenEntropy, greedy, false);
  }

  /**
   * The same sequence, or a declined one if its text is one of those with which the model declines,
   * after normalisation.
   */
  public Sample declinedBy(List<String> noAnswer) {
    return noAnswer.stream().anyMatch(none -> Candidates.same(none, text))
        ? new Sample("", logProbabilities, firstTokenEntropy, greedy, true)
        : this;
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
