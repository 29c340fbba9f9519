package dev.refrain.gpuworkers.generate;

import ai.djl.ndarray.NDArray;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** The distributions that a step gave, in memory that each step uses again. Not thread-safe. */
final class Distributions {
  private final List<float[]> rows = new ArrayList<>();
  private int size;

  /**
   * Copies the distributions of a step at once.
   *
   * @param logProbabilities [M, V]
   */
  void read(NDArray logProbabilities) {
    size = (int) logProbabilities.getShape().get(0);
    if (size == 0) {
      return;
    }
    int vocabulary = (int) logProbabilities.getShape().get(1);
    FloatBuffer numbers =
        logProbabilities.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    while (rows.size() < size) {
      rows.add(new float[vocabulary]);
    }
    for (int row = 0; row < size; row++) {
      numbers.get(row * vocabulary, rows.get(row));
    }
  }

  /** M. */
  int size() {
    return size;
  }

  /**
   * One of them, of use until the next are read.
   *
   * @throws IllegalStateException if the model gave numbers that are not finite
   */
  NextToken get(int row) {
    return NextToken.of(rows.get(row));
  }
}
