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
  default KvCache newCache(int rows, int capacity) {
    return newCache(rows, capacity, capacity);
  }

  /**
   * A new, empty cache that others will be forked from.
   *
   * @param rows B, 1 or more
   * @param capacity most positions, 1 or more and at most the context length
   * @param longest most positions of sequences forked from it, its capacity or more
   * @return the cache, which the caller closes
   */
  KvCache newCache(int rows, int capacity, int longest);

  /** What {@link KvCache#bytes} will be of a new cache. */
  long cacheBytes(int rows, int capacity);

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
   * Runs the model over new positions of many caches at once and appends them.
   *
   * @param manager owns the result
   * @param batch caches of this model or of one attached to it, each with room for its tokens
   * @return natural-log probabilities of the next token [M, V], for each of the M sequences that
   *     the batch asks for in its order
   * @throws IllegalArgumentException if a token is none or a cache has no room; the caches are of
   *     no use then
   */
  NDArray step(NDManager manager, TokenBatch batch);

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
