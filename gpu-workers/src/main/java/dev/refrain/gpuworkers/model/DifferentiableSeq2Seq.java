package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;

/**
 * An encoder-decoder as a function that gradients flow through, to the input embeddings of both. It
 * has no cache; every call sees whole outputs.
 *
 * <p>B inputs of S positions, an output of T positions for each, C hidden size, V vocabulary, L
 * layers of the decoder.
 */
public interface DifferentiableSeq2Seq {

  /** Reads the inputs and embeds tokens, those of outputs too. */
  Encoder encoder();

  /**
   * Runs the decoder over whole outputs.
   *
   * @param embeddings [B, T, C], of the start token and what follows
   * @param encoderStates [B, S, C]
   * @param lengths how many of the S positions each input has, each in [1, S]
   * @return [B, T, C] after the last norm
   */
  NDArray hiddenStates(NDArray embeddings, NDArray encoderStates, int[] lengths);

  /**
   * Runs the decoder as {@link #hiddenStates} does and keeps what is between its layers.
   *
   * @return [L + 1, B, T, C]
   */
  NDArray layerStates(NDArray embeddings, NDArray encoderStates, int[] lengths);

  /**
   * Logits.
   *
   * @param hiddenStates [B, T, C]
   * @return [B, T, V]
   */
  NDArray logits(NDArray hiddenStates);
}
