package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where new positions stand that a call adds to rows of a cache: B rows, T columns, of which each
 * row fills the first ones. Immutable.
 */
final class RaggedPositions {
  private final int[] past;
  private final int[] added;
  private final int columns;

  /**
   * @param past positions of each row before
   * @param added new positions of each row, each in [1, T]
   * @param columns T
   */
  RaggedPositions(int[] past, int[] added, int columns) {
    this.past = past.clone();
    this.added = added.clone();
    this.columns = columns;
  }

  /** Whether all rows have the same number of positions afterwards and none has padding. */
  boolean even() {
    return Arrays.stream(past).allMatch(length -> length == past[0])
        && Arrays.stream(added).allMatch(length -> length == columns);
  }

  /** Most positions of a row before. */
  int longestBefore() {
    return Arrays.stream(past).max().orElseThrow();
  }

  /** S, most positions of a row afterwards. */
  int longestAfter() {
    return Arrays.stream(lengthsAfter()).max().orElseThrow();
  }

  /** Positions of each row afterwards. */
  int[] lengthsAfter() {
    return IntStream.range(0, past.length).map(row -> past[row] + added[row]).toArray();
  }

  /**
   * What the program calls {@code ragged}: the positions [B, T], padding at its row's last one;
   * rows, columns and positions of what is no padding; each row's last column.
   *
   * @param manager owns them
   */
  List<NDArray> arrays(NDManager manager) {
    int total = Arrays.stream(added).sum();
    long[] positions = new long[past.length * columns];
    long[] rows = new long[total];
    long[] places = new long[total];
    long[] at = new long[total];
    int[] lengths = lengthsAfter();
    int next = 0;
    for (int row = 0; row < past.length; row++) {
      for (int column = 0; column < columns; column++) {
        positions[row * columns + column] = Math.min(past[row] + column, lengths[row] - 1);
        if (column < added[row]) {
          rows[next] = row;
          places[next] = column;
          at[next++] = positions[row * columns + column];
        }
      }
    }
    long[] ends = Arrays.stream(added).mapToLong(length -> length - 1).toArray();
    return List.of(
        manager.create(positions, new Shape(past.length, columns)),
        manager.create(rows),
        manager.create(places),
        manager.create(at),
        manager.create(ends));
  }
}
