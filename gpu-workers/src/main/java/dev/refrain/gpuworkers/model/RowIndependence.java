package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Finds out whether the engine gives a position the same bits whatever stands beside it in a matrix
 * product. Libraries promise it nowhere: they may add in another order for another number of rows.
 * So positions are taken through the first layer, whose shapes all layers have, and through the
 * logits, alone and at many widths, and compared to the bit.
 */
final class RowIndependence {
  /** Width of products in which positions share where they cannot at any width. */
  static final int TILE = 16;

  private static final int[] WIDTHS = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 15, 16, 17, 24, 31, 32, 33, 48, 63, 64, 65, 100, 128, 200
  };

  private final TorchProgram program;
  private final NDManager manager;
  private final NDArray positions;

  private RowIndependence(ModelConfig config, TorchProgram program, NDManager manager) {
    this.program = program;
    this.manager = manager;
    SplittableRandom random = new SplittableRandom(17);
    float[] numbers = new float[TILE * config.hiddenSize()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    this.positions = manager.create(numbers, new Shape(1, TILE, config.hiddenSize()));
  }

  /**
   * How positions may share products so that none depends on another.
   *
   * @param settings whose widest steps are tried too
   */
  static Tiling tiling(ModelConfig config, TorchProgram program, EngineSettings settings) {
    try (NDManager manager = program.manager().newSubManager()) {
      RowIndependence rows = new RowIndependence(config, program, manager);
      int most = settings.maxSequences();
      if (rows.sameAtAllWidths(most, settings.prefillChunk() + most)) {
        return new Tiling.Together();
      }
      return rows.sameAtAllPlaces() ? new Tiling.Padded(TILE) : new Tiling.Apart();
    }
  }

  private boolean sameAtAllWidths(int mostSequences, int mostPositions) {
    float[][] alone = new float[TILE][];
    float[][] logits = new float[TILE][];
    for (int i = 0; i < TILE; i++) {
      alone[i] = layer(take(i, 1));
      logits[i] = logits(take(i, 1));
    }
    return widths(mostPositions).allMatch(n -> same(layer(take(0, n)), alone))
        && widths(mostSequences).allMatch(n -> same(logits(take(0, n)), logits));
  }

  private boolean sameAtAllPlaces() {
    float[] layer = layer(positions);
    float[] logits = logits(positions);
    return IntStream.range(1, TILE)
        .allMatch(
            first ->
                same(layer(take(first, TILE)), turned(layer, first))
                    && same(logits(take(first, TILE)), turned(logits, first)));
  }

  private static IntStream widths(int most) {
    return IntStream.concat(
        Arrays.stream(WIDTHS).filter(width -> width < most), IntStream.of(most));
  }

  /** Positions from one on, again from the first behind the last, [1, N, C]. */
  private NDArray take(int first, int count) {
    long[] rows = IntStream.range(first, first + count).mapToLong(i -> i % TILE).toArray();
    return positions.get(new NDIndex(":, {}, :", manager.create(rows)));
  }

  private float[] layer(NDArray rows) {
    return numbers("alone", rows, 0);
  }

  private float[] logits(NDArray rows) {
    return numbers("likely", rows);
  }

  private float[] numbers(String method, Object... arguments) {
    try (NDArray result = program.tensor(manager, method, arguments)) {
      return result.toFloatArray();
    }
  }

  /** The rows of a tile, from one on. */
  private static float[][] turned(float[] numbers, int first) {
    int width = numbers.length / TILE;
    return IntStream.range(first, first + TILE)
        .mapToObj(i -> Arrays.copyOfRange(numbers, i % TILE * width, (i % TILE + 1) * width))
        .toArray(float[][]::new);
  }

  private static boolean same(float[] numbers, float[][] rows) {
    int width = rows[0].length;
    return IntStream.range(0, numbers.length / width)
        .allMatch(
            i -> Arrays.equals(numbers, i * width, (i + 1) * width, rows[i % TILE], 0, width));
  }
}
