package dev.refrain.connectors.house;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** What a micro-batch shall predict: N of the B T positions. Not safe for use by many threads. */
final class ReadingTargets {
  private final int rows;
  private final int length;
  private final float otherWeight;
  private final int thinning;
  private final long[] ids;
  private final List<Long> index = new ArrayList<>();
  private final List<Long> tokens = new ArrayList<>();
  private final List<Float> weights = new ArrayList<>();

  /**
   * None yet.
   *
   * @param rows B, sequences of the micro-batch
   */
  ReadingTargets(int rows, Curriculum.Lesson lesson) {
    this.rows = rows;
    this.length = lesson.length();
    this.otherWeight = (float) lesson.otherWeight() * lesson.thinning();
    this.thinning = lesson.thinning();
    this.ids = new long[rows * length];
  }

  /** Takes a sequence in as row {@code row}, below B. */
  void add(int row, ReadingSequence sequence) {
    for (int i = 0; i < sequence.filled(); i++) {
      ids[row * length + i] = sequence.id(i);
      float weight = sequence.answers(i) ? 1 : (i + row) % thinning == 0 ? otherWeight : 0;
      if (i > 0 && weight > 0) {
        index.add((long) row * length + i - 1);
        tokens.add((long) sequence.id(i));
        weights.add(weight);
      }
    }
  }

  /** The tokens, [B, T]. */
  NDArray ids(NDManager manager) {
    return manager.create(ids, new Shape(rows, length));
  }

  /** Where something is predicted: places in B T positions, [N]. */
  NDArray index(NDManager manager) {
    return manager.create(index.stream().mapToLong(Long::longValue).toArray());
  }

  /** What stands behind each of these places, [N]. */
  NDArray tokens(NDManager manager) {
    return manager.create(tokens.stream().mapToLong(Long::longValue).toArray());
  }

  /** What each counts, [N]. */
  NDArray weights(NDManager manager) {
    float[] all = new float[weights.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = weights.get(i);
    }
    return manager.create(all);
  }

  /** Sum of the weights. */
  double totalWeight() {
    return weights.stream().mapToDouble(Float::doubleValue).sum();
  }

  /** B T. */
  long positions() {
    return ids.length;
  }
}
