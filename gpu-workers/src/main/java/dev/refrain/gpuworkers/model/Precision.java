package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.engine.TorchDevice;

/**
 * In which numbers a loaded model computes. On the processor that is about its products alone: all
 * else, attention and its cache among it, is in float there. On a card positions, keys and values
 * are of the same type as the weights; norms, softmax and what follows from logits stay in float.
 * Gradients are in float everywhere.
 */
public enum Precision {
  /** Float. */
  FP32(Products.PACKED, Products.CARD),
  /** Weights and what they are multiplied with rounded to the upper half of a float. */
  BF16(Products.PACKED_BF16, Products.CARD_BF16),
  ;

  private final Products processor;
  private final Products card;

  Precision(Products processor, Products card) {
    this.processor = processor;
    this.card = card;
  }

  Products products(TorchDevice device) {
    return device.cuda() ? card : processor;
  }
}
