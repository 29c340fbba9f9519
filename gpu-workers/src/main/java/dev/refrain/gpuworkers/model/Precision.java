package dev.refrain.gpuworkers.model;

/**
 * In which numbers a loaded model multiplies positions with its matrices. All else, attention and
 * its cache among it, is in float; so are gradients.
 */
public enum Precision {
  /** Float. */
  FP32(Products.PACKED),
  /** Weights and what they are multiplied with rounded to the upper half of a float. */
  BF16(Products.PACKED_BF16);

  private final Products products;

  Precision(Products products) {
    this.products = products;
  }

  Products products() {
    return products;
  }
}
