package dev.refrain.processors.difficulty;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a pass tells about its question without an extra call (METHODS 11.1).
 *
 * @param agreement share of the other sequences that give the leading answer, in [0, 1]; 1 where
 *     there are none
 * @param meanLogProbability length-normalised log-probability of the leading answer, nats per token
 * @param minLogProbability log-probability of its least likely token, nats
 * @param firstTokenEntropy entropy of the distribution over its first token, nats
 * @param support share of the sequences whose answer stands in the packed passages, in [0, 1]
 * @param retrievalGap relative gap between the first two retrieval scores, in [0, 1]
 * @param questionWords words of the question
 * @param declined share of the sequences with which the model declined to answer, in [0, 1]
 * @param leads whether the likeliest candidate is the title of another passage, and what was read
 *     leaves much of the question unsaid
 */
public record Signals(
    double agreement,
    double meanLogProbability,
    double minLogProbability,
    double firstTokenEntropy,
    double support,
    double retrievalGap,
    int questionWords,
    double declined,
    boolean leads) {

  /**
   * The geometric mean of agreement and probability per token, in [0, 1]. A plain estimate that
   * orders answers; it is not calibrated.
   */
  public double confidence() {
    return Math.sqrt(agreement * Math.exp(Math.min(0, meanLogProbability)));
  }

  /** The same signals of an answer that leads on, or does not. */
  Signals leading(boolean on) {
    return new Signals(
        agreement,
        meanLogProbability,
        minLogProbability,
        firstTokenEntropy,
        support,
        retrievalGap,
        questionWords,
        declined,
        on);
  }

  /** The signals by name, in alphabetical order. */
  public Map<String, Double> byName() {
    return new TreeMap<>(
        Map.of(
            "agreement", agreement,
            "meanLogProbability", meanLogProbability,
            "minLogProbability", minLogProbability,
            "firstTokenEntropy", firstTokenEntropy,
            "support", support,
            "retrievalGap", retrievalGap,
            "questionWords", (double) questionWords,
            "declined", declined,
            "leads", leads ? 1.0 : 0.0));
  }
}
