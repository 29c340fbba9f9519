package dev.refrain.gpuworkers.model;

/**
 * Which sequences share a matrix product, and with that how far the numbers of one depend on what
 * runs beside it; see decision 017.
 */
public enum Batching {
  /**
   * Products have widths at which the engine was found to give a row the same bits at every place:
   * a request's tokens and log-probabilities are the same to the bit whatever runs beside it. A
   * sequence alone pays for a wider product.
   */
  EXACT,

  /**
   * Products are as wide as there are sequences: a request's numbers may differ in their last bits
   * with what runs beside it, and then, seldom, its tokens.
   */
  FAST
}
