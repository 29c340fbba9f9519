package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * An encoder-decoder: an encoder reads an input, a decoder writes an output position by position
 * while it sees what the encoder left and what it wrote before. Both have the same token
 * embeddings, those of {@link #encoder}.
 *
 * <p>B inputs, n outputs for each, next to each other; T new positions, C hidden size, V
 * vocabulary, L layers of the decoder. Arrays that a method returns belong to the manager of its
 * first array. One thread at a time.
 */
public interface Seq2SeqLm {

  /** Reads the inputs and embeds tokens, those of outputs too. */
  Encoder encoder();

  /** The token that stands before every output. */
  int startTokenId();

  /** Tokens that end an output; may be empty. */
  List<Integer> eosTokenIds();

  /**
   * Lets the decoder read inputs, once for all steps.
   *
   * @param encoderStates [B, S, C], the final hidden states of {@link #encoder}
   * @param lengths how many of the S positions each input has, each in [1, S]
   * @param outputs n, 1 or more
   * @param capacity most positions of an output, start token included
   * @return what the decoder knows then, no output begun, which the caller closes
   */
  Seq2SeqCache read(NDArray encoderStates, int[] lengths, int outputs, int capacity);

  /**
   * Runs the decoder over T new positions and appends them to the cache.
   *
   * @param embeddings [B n, T, C]
   * @param cache the positions before; T longer afterwards
   * @return [B n, T, C] after the last norm
   * @throws IllegalArgumentException if rows differ or the cache has no room for T positions
   */
  NDArray hiddenStates(NDArray embeddings, Seq2SeqCache cache);

  /**
   * Runs the decoder as {@link #hiddenStates} does and keeps what is between its layers.
   *
   * @return [L + 1, B n, T, C]: what enters the first layer, what leaves each layer but the last,
   *     and what leaves the last norm
   */
  NDArray layerStates(NDArray embeddings, Seq2SeqCache cache);

  /**
   * Logits of every position.
   *
   * @param hiddenStates [B n, T, C]
   * @return [B n, T, V]
   */
  NDArray logits(NDArray hiddenStates);
}
