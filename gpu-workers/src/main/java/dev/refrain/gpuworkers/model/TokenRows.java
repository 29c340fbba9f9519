package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/** Token ids of sequences of different lengths, padded on the right to the longest. Immutable. */
public final class TokenRows {
  private final int[][] ids;
  private final int[] lengths;

  private TokenRows(int[][] ids, int[] lengths) {
    this.ids = ids;
    this.lengths = lengths;
  }

  /**
   * Pads sequences.
   *
   * @param sequences one or more, of one token or more each
   */
  public static TokenRows of(List<int[]> sequences) {
    int[] lengths = sequences.stream().mapToInt(sequence -> sequence.length).toArray();
    int shortest = Arrays.stream(lengths).min().orElse(0);
    if (shortest < 1) {
      throw new IllegalArgumentException(
          "%d sequences, the shortest of %d tokens; there must be one of one token at least"
              .formatted(lengths.length, shortest));
    }
    int longest = Arrays.stream(lengths).max().orElseThrow();
    int[][] ids =
        sequences.stream().map(sequence -> Arrays.copyOf(sequence, longest)).toArray(int[][]::new);
    return new TokenRows(ids, lengths);
  }

  /** B rows of T ids each; behind a row's own ids stand zeros. */
  public int[][] ids() {
    return Arrays.stream(ids).map(int[]::clone).toArray(int[][]::new);
  }

  /** How many of its ids are each row's own. */
  public int[] lengths() {
    return lengths.clone();
  }

  /**
   * Rows of one length as an array.
   *
   * @param manager owns it
   * @param tokenIds B rows of T ids each, each in [0, V)
   * @return [B, T]
   */
  static NDArray array(NDManager manager, int[][] tokenIds, int vocabularySize) {
    int rows = tokenIds.length;
    int length = tokenIds[0].length;
    long[] ids = new long[rows * length];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < length; i++) {
        ids[row * length + i] = checked(tokenIds[row][i], vocabularySize);
      }
    }
    return manager.create(ids, new Shape(rows, length));
  }

  /**
   * The token itself.
   *
   * @throws IllegalArgumentException if it is none of the vocabulary
   */
  static int checked(int id, int vocabularySize) {
    if (id < 0 || id >= vocabularySize) {
      throw new IllegalArgumentException(
          "token id is %d, must be in [0, %d)".formatted(id, vocabularySize));
    }
    return id;
  }
}
