package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A causal language model as a function that gradients flow through: to its input embeddings, and
 * to those of its weights that ask for them. It has no cache; every call sees whole sequences.
 *
 * <p>B sequences, T positions, C hidden size, V vocabulary, N chosen positions. Safe for use by
 * many threads where no weight changes meanwhile.
 */
public interface DifferentiableLm {

  /** V. */
  int vocabularySize();

  /** C. */
  int hiddenSize();

  /** Most positions of a sequence. */
  int contextLength();

  /**
   * Embeds tokens.
   *
   * @param manager owns the result
   * @param tokenIds [B, T] of whole numbers in [0, V)
   * @return [B, T, C]
   */
  NDArray embed(NDManager manager, NDArray tokenIds);

  /**
   * Runs the model over whole sequences.
   *
   * @param embeddings [B, T, C], 2 positions or more and at most the context length
   * @return [B, T, C] after the last norm
   */
  NDArray hiddenStates(NDArray embeddings);

  /**
   * Runs the model over whole sequences and keeps what is between its layers.
   *
   * @param embeddings [B, T, C], 2 positions or more and at most the context length
   * @return [L + 1, B, T, C] for L layers: what enters the first layer, what leaves each layer but
   *     the last, and what leaves the last norm
   */
  NDArray layerStates(NDArray embeddings);

  /**
   * Logits.
   *
   * @param hiddenStates [B, T, C]; for N chosen positions [1, N, C]
   * @return [B, T, V]
   */
  NDArray logits(NDArray hiddenStates);
}
