package dev.refrain.gpuworkers.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one step of a model runs: for some caches, in order, the next tokens of their sequences.
 * Used for one step. Not thread-safe.
 */
public final class TokenBatch {
  private final List<Part> parts = new ArrayList<>();

  /** The next tokens of one cache: of its rows, one after the other, equally many. */
  static final class Part {
    private final KvCache cache;
    private final int[] tokens;
    private final boolean last;

    private Part(KvCache cache, int[] tokens, boolean last) {
      this.cache = cache;
      this.tokens = tokens;
      this.last = last;
    }

    KvCache cache() {
      return cache;
    }

    /** Number of tokens. */
    int size() {
      return tokens.length;
    }

    int token(int index) {
      return tokens[index];
    }

    /** Whether it is asked what follows each sequence. */
    boolean last() {
      return last;
    }

    /** Number of sequences. */
    int rows() {
      return cache.rows();
    }

    /** T, new positions of each. */
    int columns() {
      return tokens.length / cache.rows();
    }
  }

  /**
   * Adds the tokens of a cache that is not in the batch yet.
   *
   * @param cache of the model that will run the step, or of one that is attached to it
   * @param tokens of its rows, one after the other, equally many and one or more for each
   * @param last whether it is asked what follows the last token of each row
   */
  public void add(KvCache cache, int[] tokens, boolean last) {
    if (tokens.length == 0 || tokens.length % cache.rows() != 0) {
      throw new IllegalArgumentException(
          "%d tokens for %d sequences, must be equally many for each, one or more"
              .formatted(tokens.length, cache.rows()));
    }
    parts.add(new Part(cache, Arrays.copyOf(tokens, tokens.length), last));
  }

  /** N, new positions of all sequences together. */
  public int size() {
    return parts.stream().mapToInt(Part::size).sum();
  }

  List<Part> parts() {
    return parts;
  }
}
