package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A causal language model: token embeddings in, final hidden states and logits out, keys and values
 * of earlier positions in a cache beside. The frozen model is one; whatever is attached to it works
 * on embeddings and hidden states and is one again.
 *
 * <p>B sequences, T new positions, C hidden size, V vocabulary. Arrays that a method returns belong
 * to the manager that the method is given, or to that of its first array. Same shapes and same
 * numbers give the same bits. One thread at a time.
 */
public interface CausalLm {

  /** V. */
  int vocabularySize();

  /** Most positions of a sequence. */
  int contextLength();

  /** A manager for the arrays of a call, which the caller closes. */
  NDManager newManager();

  /**
   * A new, empty cache.
   *
   * @param rows B, 1 or more
   * @param capacity most positions, 1 or more and at most the context length
   * @return the cache, which the caller closes
   */
  KvCache newCache(int rows, int capacity);

  /**
   * Embeds tokens.
   *
   * @param manager owns the result
   * @param tokenIds B rows of T ids each
   * @return [B, T, C]
   */
  NDArray embed(NDManager manager, int[][] tokenIds);

  /**
   * Runs the model over T new positions and appends them to the cache.
   *
   * @param embeddings [B, T, C], B being the cache's rows
   * @param cache the positions before; T longer afterwards
   * @return [B, T, C] after the last norm
   * @throws IllegalArgumentException if rows differ or the cache has no room for T positions
   */
  NDArray hiddenStates(NDArray embeddings, KvCache cache);

  /**
   * Runs the model over new positions of sequences of different lengths and appends them to the
   * cache.
   *
   * @param embeddings [B, T, C], B being the cache's rows; what stands in a row behind its own
   *     positions is padding
   * @param lengths how many of the T positions each row has, each in [1, T]
   * @param cache the positions before; each row as much longer afterwards as it has positions
   * @return [B, T, C] after the last norm; behind a row's own positions it means nothing
   * @throws IllegalArgumentException if rows differ or the cache has no room
   */
  NDArray hiddenStates(NDArray embeddings, int[] lengths, KvCache cache);

  /**
   * Runs the model as {@link #hiddenStates(NDArray, KvCache)} does and keeps what is between its
   * layers.
   *
   * @param embeddings [B, T, C], B being the cache's rows
   * @param cache the positions before; T longer afterwards
   * @return [L + 1, B, T, C] for L layers: what enters the first layer, what leaves each layer but
   *     the last, and what leaves the last norm
   * @throws IllegalArgumentException if rows differ or the cache has no room for T positions
   */
  NDArray layerStates(NDArray embeddings, KvCache cache);

  /**
   * Logits of every position.
   *
   * @param hiddenStates [B, T, C]
   * @return [B, T, V]
   */
  NDArray logits(NDArray hiddenStates);

  /**
   * Logits of the last position alone.
   *
   * @param hiddenStates [B, T, C]
   * @return [B, V]
   */
  NDArray lastLogits(NDArray hiddenStates);
}
