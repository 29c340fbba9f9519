package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * An encoder: token embeddings of whole sequences in, hidden states of every layer out. Each
 * position sees all of its sequence.
 *
 * <p>B sequences, T positions, C hidden size, V vocabulary, L layers. Arrays that a method returns
 * belong to the manager that the method is given, or to that of its first array. A sequence's
 * states do not depend on its neighbours but for rounding. One thread at a time.
 */
public interface Encoder {

  /** V. */
  int vocabularySize();

  /** C. */
  int hiddenSize();

  /** Most positions of a sequence; {@link Integer#MAX_VALUE} where there is no bound. */
  int contextLength();

  /** A manager for the arrays of a call, which the caller closes. */
  NDManager newManager();

  /**
   * Embeds tokens, as Hugging Face's {@code inputs_embeds}: positions and segments are the
   * encoder's own.
   *
   * @param manager owns the result
   * @param tokenIds B rows of T ids each, each in [0, V)
   * @return [B, T, C]
   */
  NDArray embed(NDManager manager, int[][] tokenIds);

  /**
   * Runs the encoder.
   *
   * @param embeddings [B, T, C]; what stands in a row behind its own positions is padding
   * @param lengths how many of the T positions each row has, each in [1, T]
   * @return [B, T, C]; behind a row's own positions it means nothing
   * @throws IllegalArgumentException if rows or lengths do not fit or T is above the context length
   */
  NDArray hiddenStates(NDArray embeddings, int[] lengths);

  /**
   * Runs the encoder as {@link #hiddenStates} does and keeps what is between its layers.
   *
   * @return [L + 1, B, T, C]: what enters the first layer and what leaves each of them, the last
   *     one as {@link #hiddenStates}
   */
  NDArray layerStates(NDArray embeddings, int[] lengths);
}
