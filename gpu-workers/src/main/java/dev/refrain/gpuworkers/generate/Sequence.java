package dev.refrain.gpuworkers.generate;

import java.util.List;

/**
 * One generated sequence.
 *
 * @param text the generated text, without the stop string or stop token that ended it
 * @param tokenIds the generated token ids, a stop token included
 * @param logProbabilities natural-log probability of each token under the model at temperature 1
 *     and before top-p, among the tokens that its {@link SpanConstraint} allowed there and after
 *     its penalty, if it had one; as many as token ids
 * @param firstTokenEntropy entropy in nats of the model's distribution over the first token, again
 *     among those allowed; 0 where there is none
 * @param greedy whether it is the greedy sequence
 * @param finish why generation ended
 */
public record Sequence(
    String text,
    List<Integer> tokenIds,
    List<Float> logProbabilities,
    float firstTokenEntropy,
    boolean greedy,
    Finish finish) {

  /**
   * Why generation ended: a stop string or token, or nothing that was allowed; the token limit; or
   * the deadline.
   */
  public enum Finish {
    STOP,
    LENGTH,
    DEADLINE
  }

  public Sequence {
    tokenIds = List.copyOf(tokenIds);
    logProbabilities = List.copyOf(logProbabilities);
  }
}
