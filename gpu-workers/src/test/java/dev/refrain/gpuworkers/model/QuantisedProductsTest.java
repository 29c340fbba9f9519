package dev.refrain.gpuworkers.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.engine.ProgramText;
import dev.refrain.gpuworkers.engine.TorchDevice;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products with weights in eight bits beside the same in Java, and models that have them. */
class QuantisedProductsTest {
  private static final int ROWS = 25;
  private static final int COLUMNS = 43;

  private static final String PRODUCT =
      """

        def keep(self, weight: Tensor) -> int:
          self.matrix.append(self.packed(weight))
          return len(self.matrix)

        def product(self, x: Tensor) -> Tensor:
          return self.linear(x, self.matrix[0])
      """;

  /** The result is a BF16 again, which leaves 2^-9 of it; and the sizes are odd. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 70})
  void multipliesRoundedPositionsWithScaledWholeNumbers(int positions) {
    double[][] weight = random(ROWS, COLUMNS, 1);
    weight[5] = new double[COLUMNS];
    weight[6][0] = 1000;
    double[][] x = random(positions, COLUMNS, 2);
    Map<String, Object> attributes = Map.of("matrix", TorchProgram.TENSOR_LISTS);
    String source =
        ProgramText.read(DecoderProgram.class, DecoderProgram.TEXT)
            .compose("Product", attributes, List.of(Products.PACKED_INT8.section()));
    try (TorchProgram program =
            TorchProgram.compile(source + PRODUCT, "Product", attributes, TorchDevice.CPU);
        NDManager manager = program.manager().newSubManager()) {
      var unused = program.number("keep", manager.create(flat(weight), new Shape(ROWS, COLUMNS)));
      NDArray array = manager.create(flat(x), new Shape(1, positions, COLUMNS));
      float[] actual = program.tensor(manager, "product", array).toFloatArray();

      for (int i = 0; i < positions; i++) {
        for (int row = 0; row < ROWS; row++) {
          double expected = 0;
          double size = 0;
          double[] rounded = throughEightBits(weight[row]);
          for (int k = 0; k < COLUMNS; k++) {
            double term = bf16(x[i][k]) * rounded[k];
            expected += term;
            size += Math.abs(term);
          }
          assertThat(Math.abs(actual[i * ROWS + row] - expected))
              .as("position %d, row %d", i, row)
              .isLessThanOrEqualTo(Math.abs(expected) / 256 + 1e-5 * size);
        }
      }
    }
  }

  private static double[] throughEightBits(double[] row) {
    double largest =
        IntStream.range(0, row.length).mapToDouble(k -> Math.abs(row[k])).max().orElse(0);
    double scale = bf16(Math.max(largest / 127, 1e-30));
    double[] rounded = new double[row.length];
    for (int k = 0; k < row.length; k++) {
      rounded[k] = Math.clamp(Math.rint(row[k] / scale), -127, 127) * scale;
    }
    return rounded;
  }

  /** The nearest number whose lower 16 bits, as a float, are 0; the even one between two. */
  private static double bf16(double value) {
    int bits = Float.floatToIntBits((float) value);
    int odd = (bits >> 16) & 1;
    return Float.intBitsToFloat((bits + 0x7fff + odd) & 0xffff0000);
  }

  private static double[][] random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, rows)
        .mapToObj(_ -> random.doubles(columns).map(number -> (float) (number - 0.5)).toArray())
        .toArray(double[][]::new);
  }

  private static float[] flat(double[][] rows) {
    float[] numbers = new float[rows.length * rows[0].length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return numbers;
  }

  /**
   * The reference rounds the same weights, positions and products ({@code
   * fixtures/families/make_int8.py}), which leaves the order in which floats are added. That can
   * take a product across the middle between two BF16, 2^-8 of it apart at most, and what follows
   * from it; most products stay the same, so that all logits together differ by little more than
   * such a step at most, and often not at all. Without rounded positions they are 6e-3 to 2e-2 off.
   */
  @ParameterizedTest
  @Families
  void computesTheLogitsOfTheReferenceWithTheSameRoundedMatrices(String name) {
    Path folder = Fixture.path("families/" + name);
    int[] prompt = ReferenceNumbers.of(folder).tokens("prompt");
    float[] expected = SafetensorsFile.open(folder.resolve("int8.safetensors")).numbers("logits");
    try (DecoderModel model =
            DecoderModel.load(
                ModelFolder.open(folder), new EngineSettings(1).with(Precision.INT8));
        NDManager manager = model.newManager();
        KvCache cache = model.newCache(1, 104)) {
      NDArray states = model.hiddenStates(model.embed(manager, new int[][] {prompt}), cache);
      float[] logits = model.logits(states).toFloatArray();

      assertThat(OtherDeviceTest.distance(logits, expected)).isLessThan(5e-3);
    }
  }

  /** 2 layers, so that a quarter of the matrices and their scales is what is left of them. */
  @Test
  void takesAQuarterOfTheMemory() {
    ModelConfig config = ModelFolder.open(Fixture.path(Fixture.TIED_F16)).config();
    long c = config.hiddenSize();
    long f = config.intermediateSize();
    long queries = (long) config.numHeads() * config.headSize();
    long keys = (long) config.numKvHeads() * config.headSize();
    long layerNumbers = (queries + 2 * keys) * c + c * queries + 2 * f * c + c * f;
    long layerRows = queries + 2 * keys + c + 2 * f + c;
    long numbers = config.numLayers() * layerNumbers + config.vocabularySize() * c;
    long rows = config.numLayers() * layerRows + config.vocabularySize();
    long norms = (2L * config.numLayers() + 1) * c;

    MemoryNeed need = MemoryNeed.of(config, Precision.INT8, TorchDevice.CPU);
    assertThat(need.weights()).isEqualTo(numbers + 2 * rows + 4 * norms);
    assertThat(need.cachePerToken()).isEqualTo(2L * config.numLayers() * keys * 4);
    MemoryNeed card = MemoryNeed.of(config, Precision.BF16, new TorchDevice(0));
    assertThat(card.weights()).isEqualTo(2 * (numbers + norms));
    assertThat(card.cachePerToken()).isEqualTo(2L * config.numLayers() * keys * 2);
  }

  @Test
  void saysWhereAPrecisionIsFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Precision.FP16.products(TorchDevice.CPU))
        .withMessage(
            "precision FP16 is not for device cpu; use fp32 or bf16 there, or a card, for example cuda:0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Precision.INT8.products(new TorchDevice(1)))
        .withMessage(
            "precision INT8 is not for device cuda:1; use fp32 or bf16 there, or the processor, cpu");
  }
}
