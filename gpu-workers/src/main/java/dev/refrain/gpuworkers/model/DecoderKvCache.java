package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.Arrays;

/** Keys and values of all layers in one tensor, [layers, 2, B, K, capacity, D]. */
final class DecoderKvCache implements KvCache {
  private static final int ROWS = 2;
  private static final int CAPACITY = 4;

  private final TorchProgram program;
  private final NDArray tensor;
  private final int spare;
  private int length;

  /**
   * @param spare places of the tensor that hold no position
   */
  DecoderKvCache(TorchProgram program, NDArray tensor, int spare, int length) {
    this.program = program;
    this.tensor = tensor;
    this.spare = spare;
    this.length = length;
  }

  NDArray tensor() {
    return tensor;
  }

  /** Takes room for new positions and returns how many there were before. */
  int extend(long rows, long positions) {
    if (rows != rows() || positions < 1 || positions > capacity() - length) {
      throw new IllegalArgumentException(
          "%d rows of %d positions do not fit a cache of %d rows with %d of %d positions filled"
              .formatted(rows, positions, rows(), length, capacity()));
    }
    int past = length;
    length += (int) positions;
    return past;
  }

  @Override
  public int rows() {
    return (int) tensor.getShape().get(ROWS);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public int capacity() {
    return (int) tensor.getShape().get(CAPACITY) - spare;
  }

  @Override
  public KvCache select(int... rows) {
    long[] indices = Arrays.stream(rows).asLongStream().toArray();
    if (indices.length == 0 || Arrays.stream(indices).anyMatch(row -> row < 0 || row >= rows())) {
      throw new IllegalArgumentException(
          "rows are %s, must be one or more of [0, %d)".formatted(Arrays.toString(rows), rows()));
    }
    return copy(indices, capacity());
  }

  @Override
  public KvCache fork(int rows, int newCapacity) {
    if (rows < 1 || newCapacity < length) {
      throw new IllegalArgumentException(
          "%d rows of capacity %d cannot hold 1 sequence or more of %d positions"
              .formatted(rows, newCapacity, length));
    }
    return copy(new long[rows], newCapacity);
  }

  private KvCache copy(long[] rows, int newCapacity) {
    try (NDArray index = program.manager().create(rows)) {
      NDArray chosen =
          program.tensor(program.manager(), "select", tensor, index, length, newCapacity);
      return new DecoderKvCache(program, chosen, spare, length);
    }
  }

  @Override
  public void close() {
    tensor.close();
  }
}
