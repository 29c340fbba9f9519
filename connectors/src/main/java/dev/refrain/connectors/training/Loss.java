package dev.refrain.connectors.training;

import ai.djl.ndarray.NDArray;

/**
 * The loss of one micro-batch, kept as a sum so that micro-batches of unequal size add up to what
 * one large batch would give.
 *
 * @param sum one number, weighted sum over targets, with its graph
 * @param weight sum of the weights, above 0
 * @param tokens positions that were computed, for the rate shown
 */
public record Loss(NDArray sum, double weight, long tokens) {
  public Loss {
    if (!(weight > 0)) {
      throw new IllegalArgumentException(
          "weight is %s, must be above 0: the micro-batch has no target".formatted(weight));
    }
  }
}
