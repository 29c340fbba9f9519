package dev.refrain.gpuworkers.generate;

import java.util.List;

/**
 * An output that a beam search found.
 *
 * @param tokenIds its tokens, without the start token and with the one that ended it
 * @param score the sum of their log-probabilities, divided by the length penalty
 */
public record Hypothesis(List<Integer> tokenIds, float score) {
  public Hypothesis {
    tokenIds = List.copyOf(tokenIds);
  }
}
