package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.Arrays;

/** Keys and values of all layers in one tensor, [layers, 2, B, K, capacity, D]. */
final class DecoderKvCache implements KvCache {
  private static final int CAPACITY = 4;

  private final ModelConfig config;
  private final TorchProgram program;
  private final NDArray tensor;
  private int[] lengths;

  DecoderKvCache(ModelConfig config, TorchProgram program, NDArray tensor, int[] lengths) {
    this.config = config;
    this.program = program;
    this.tensor = tensor;
    this.lengths = lengths.clone();
  }

  NDArray tensor() {
    return tensor;
  }

  /**
   * Takes room for new positions.
   *
   * @param columns T, of which each row fills the first ones
   * @param added how many each row fills, each in [1, T]
   */
  RaggedPositions extend(long rows, long columns, int[] added) {
    require(
        rows == rows() && added.length == rows && columns >= 1,
        "%d rows of %d positions do not fit a cache of %d rows".formatted(rows, columns, rows()));
    for (int row = 0; row < rows; row++) {
      require(
          added[row] >= 1 && added[row] <= columns,
          "length %d of row %d must be in [1, %d]".formatted(added[row], row, columns));
      require(
          added[row] <= capacity() - lengths[row],
          "%d new positions do not fit row %d with %d of %d positions filled"
              .formatted(added[row], row, lengths[row], capacity()));
    }
    RaggedPositions positions = new RaggedPositions(lengths, added, (int) columns);
    lengths = positions.lengthsAfter();
    return positions;
  }

  @Override
  public int rows() {
    return lengths.length;
  }

  @Override
  public int length() {
    return Arrays.stream(lengths).max().orElseThrow();
  }

  @Override
  public int length(int row) {
    return lengths[row];
  }

  @Override
  public int capacity() {
    return (int) tensor.getShape().get(CAPACITY) - DecoderProgram.spare(config);
  }

  @Override
  public KvCache select(int... rows) {
    require(
        rows.length > 0 && Arrays.stream(rows).allMatch(row -> row >= 0 && row < rows()),
        "rows are %s, must be one or more of [0, %d)".formatted(Arrays.toString(rows), rows()));
    return copy(rows, capacity());
  }

  @Override
  public KvCache fork(int rows, int newCapacity) {
    require(
        rows >= 1 && newCapacity >= lengths[0],
        "%d rows of capacity %d cannot hold 1 sequence or more of %d positions"
            .formatted(rows, newCapacity, lengths[0]));
    int context = originalContext();
    require(
        lengths[0] == 0 || (capacity() > context) == (newCapacity > context),
        "a cache of %d positions cannot become one of %d: the model turns keys otherwise in sequences of more than %d positions; make the first one as large"
            .formatted(capacity(), newCapacity, context));
    return copy(new int[rows], newCapacity);
  }

  /** Most positions of what are short sequences to the model; endless where it knows no others. */
  private int originalContext() {
    return config.architecture().positions() instanceof Architecture.Rotary rotary
            && rotary.scaling() instanceof RopeScaling.LongRope scaling
        ? scaling.originalContext()
        : Integer.MAX_VALUE;
  }

  private KvCache copy(int[] rows, int newCapacity) {
    int[] kept = Arrays.stream(rows).map(row -> lengths[row]).toArray();
    int longest = Arrays.stream(kept).max().orElseThrow();
    long[] indices = Arrays.stream(rows).asLongStream().toArray();
    try (NDArray index = program.manager().create(indices)) {
      NDArray chosen =
          program.tensor(program.manager(), "select", tensor, index, longest, newCapacity);
      return new DecoderKvCache(config, program, chosen, kept);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  @Override
  public void close() {
    tensor.close();
  }
}
