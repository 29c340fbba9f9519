package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.engine.TorchDevice;
import org.jspecify.annotations.Nullable;

/**
 * In which numbers a loaded model computes. On the processor that is about its products alone: all
 * else, attention and its cache among it, is in float there. On a card positions, keys and values
 * are of the same type as the weights; norms, softmax and what follows from logits stay in float.
 * Gradients are in float everywhere, through weights as they are stored.
 */
public enum Precision {
  /** Float. */
  FP32(Products.PACKED, Products.CARD),
  /** Weights and what they are multiplied with rounded to the upper half of a float. */
  BF16(Products.PACKED_BF16, Products.CARD_BF16),
  /**
   * The same with 11 bits instead of 8 and numbers up to 65504, on a card alone: PyTorch's products
   * in half precision are slower than those in float on processors.
   */
  FP16(null, Products.CARD_FP16),
  /**
   * Matrices in eight bits, on the processor alone: rows are scaled so that the largest number of
   * each is 127, which leaves each weight off by about 1/254 of that at most. What they are
   * multiplied with is rounded as for {@link #BF16}. A quarter of the memory, and faster than float
   * for one sequence; slower for prompts and for several.
   */
  INT8(Products.PACKED_INT8, null);

  private final @Nullable Products processor;
  private final @Nullable Products card;

  Precision(@Nullable Products processor, @Nullable Products card) {
    this.processor = processor;
    this.card = card;
  }

  /** Whether there are products for it there. */
  public boolean availableOn(TorchDevice device) {
    return (device.cuda() ? card : processor) != null;
  }

  Products products(TorchDevice device) {
    Products products = device.cuda() ? card : processor;
    if (products == null) {
      throw new IllegalArgumentException(
          "precision %s is not for device %s; use fp32 or bf16 there, or %s"
              .formatted(
                  this,
                  device,
                  device.cuda() ? "the processor, cpu" : "a card, for example cuda:0"));
    }
    return products;
  }
}
