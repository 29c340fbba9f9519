package dev.refrain.gpuworkers.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.engine.TorchDevice;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * What a card asks of the programs, without one. Tensors of PyTorch's device {@code meta} have
 * shape and type and no numbers: an operation on one of them and one on the processor fails there
 * as it fails on a card, and so does a product of two types. With numbers, the programs for cards
 * run on the processor.
 */
class OtherDeviceTest {

  @ParameterizedTest
  @Families
  void makesEveryTensorWhereItsInputsAreAndOfTheirType(String name) {
    ModelConfig config = ModelFolder.open(Fixture.path("families/" + name)).config();
    for (Products products :
        List.of(Products.PLAIN, Products.CARD, Products.CARD_BF16, Products.CARD_FP16)) {
      try (Elsewhere elsewhere = new Elsewhere(config, products)) {
        NDArray prompt = elsewhere.cache(1, 40);
        NDArray samples = elsewhere.cache(3, 40);
        NDArray neighbour = elsewhere.cache(1, 40);
        elsewhere.step(List.of(prompt), new long[] {1, 20, 1}, 20);
        elsewhere.step(List.of(prompt), new long[] {1, 12, 1}, 32);
        elsewhere.step(
            List.of(neighbour, prompt, samples), new long[] {1, 5, 1, 3, 1, 2}, 5, 32, 1);
        elsewhere.step(List.of(prompt, samples), new long[] {3, 4, 2}, 32, 5);
        elsewhere.atOnce();
      }
    }
  }

  /** The reference's weights are floats: rounding them and what they meet is all that differs. */
  @ParameterizedTest
  @Families
  void computesTheSameAsForTheProcessorButForRounding(String name) {
    Path folder = Fixture.path("families/" + name);
    ReferenceNumbers reference = ReferenceNumbers.of(folder);
    int[] prompt = reference.tokens("prompt");
    float[] expected = reference.numbers("logits");

    float[] floats = logits(folder, Products.CARD, prompt);
    assertThat(distance(floats, expected)).isLessThan(1e-5);
    assertThat(distance(logits(folder, Products.CARD_BF16, prompt), expected))
        .isBetween(1e-4, 5e-2);
    assertThat(distance(logits(folder, Products.CARD_FP16, prompt), expected))
        .isBetween(1e-5, 1e-2);
  }

  /** Two pieces of the prompt through a cache, then the logits of all positions. */
  private static float[] logits(Path folder, Products products, int[] prompt) {
    try (DecoderModel model =
            DecoderModel.load(ModelFolder.open(folder), new EngineSettings(1), products);
        NDManager manager = model.newManager();
        KvCache cache = model.newCache(1, 104)) {
      int[] first = Arrays.copyOf(prompt, 17);
      int[] rest = Arrays.copyOfRange(prompt, 17, prompt.length);
      NDArray before = model.hiddenStates(model.embed(manager, new int[][] {first}), cache);
      NDArray after = model.hiddenStates(model.embed(manager, new int[][] {rest}), cache);

      assertThat(cache.bytes()).isEqualTo(model.cacheBytes(1, 104));
      return model.logits(before.concat(after, 1)).toFloatArray();
    }
  }

  /** Root of the mean square of the difference, as a share of that of what is expected. */
  private static double distance(float[] actual, float[] expected) {
    double error =
        IntStream.range(0, expected.length)
            .mapToDouble(i -> Math.pow(actual[i] - expected[i], 2))
            .sum();
    double size =
        IntStream.range(0, expected.length).mapToDouble(i -> expected[i] * expected[i]).sum();
    return Math.sqrt(error / size);
  }

  /**
   * A program whose weights have no numbers. What some operations make of shape and type PyTorch
   * knows in Python alone; they are composed of others here, which take the same tensors.
   */
  private static final class Elsewhere implements AutoCloseable {
    private static final String IN_PYTHON =
        "embedding|index_select|roll|layer_norm|logical_not|masked_fill|attention";

    private static final String COMPOSED =
        """

          def embedding_without_numbers(self, table: Tensor, ids: Tensor) -> Tensor:
            return torch.index(table, annotate(List[Optional[Tensor]], [ids]))

          def index_select_without_numbers(self, x: Tensor, dim: int, ids: Tensor) -> Tensor:
            return torch.index(x, annotate(List[Optional[Tensor]], [None, ids]))

          def roll_without_numbers(self, x: Tensor, shifts: List[int], dims: List[int]) -> Tensor:
            kept = torch.size(x, dims[0]) - shifts[0]
            end = torch.narrow(x, dims[0], kept, shifts[0])
            return torch.cat([end, torch.narrow(x, dims[0], 0, kept)], dims[0])

          def layer_norm_without_numbers(self, x: Tensor, size: List[int], weight: Tensor, bias: Tensor, epsilon: float) -> Tensor:
            return x * weight + bias

          def logical_not_without_numbers(self, x: Tensor) -> Tensor:
            return torch.eq(x, 0)

          def masked_fill_without_numbers(self, x: Tensor, mask: Tensor, value: float) -> Tensor:
            return x + mask

          def attention_without_numbers(self, q: Tensor, keys: Tensor, values: Tensor, mask: Optional[Tensor], dropout: float, causal: bool, scale: float) -> Tensor:
            scores = torch.matmul(q, torch.transpose(torch.sum(keys, [1], True), 2, 3))
            if mask is not None:
              scores = scores + unchecked_cast(Tensor, mask)
            return torch.matmul(scores, torch.sum(values, [1], True))
        """;

    private final ModelConfig config;
    private final TorchProgram program;
    private final NDManager manager;

    Elsewhere(ModelConfig config, Products products) {
      this.config = config;
      String source =
          DecoderProgram.source(config, products)
              .replace("scaled_dot_product_attention", "attention")
              .replace(", enable_gqa=True)", ")")
              .replaceAll("torch\\.(%s)\\(".formatted(IN_PYTHON), "self.$1_without_numbers(");
      this.program =
          TorchProgram.compile(
              source + COMPOSED,
              "Decoder",
              DecoderProgram.attributes(config, products),
              TorchDevice.CPU);
      this.manager = program.manager();
      List<DecoderWeights.Weight> weights = DecoderWeights.of(config);
      for (DecoderWeights.Weight weight : weights) {
        long[] shape = (weight.tied() ? weights.getFirst() : weight).shape();
        NDArray zeros = manager.zeros(new Shape(shape));
        DecoderProgram.adopt(
            program, weight.slot(), moved(zeros, products.positions().scalarType()));
      }
      if (config.architecture().positions() instanceof Architecture.Rotary positions) {
        RotaryProgram rotary = RotaryProgram.of(positions, config.headSize());
        long rows = (long) rotary.tables() * config.contextLength();
        NDArray table = manager.zeros(new Shape(rows, rotary.size()));
        int type = ElementType.F32.scalarType();
        var unused =
            program.number(
                "prepare_rotary", moved(table, type), moved(table, type), rotary.tables());
      }
    }

    private NDArray moved(NDArray array, int type) {
      return program.tensor(manager, "placed", array, "meta", type);
    }

    private NDArray zeros(int count) {
      int int64 = 4;
      return moved(manager.zeros(new Shape(count), DataType.INT64), int64);
    }

    NDArray cache(int rows, int capacity) {
      return program.tensor(manager, "new_cache", rows, capacity);
    }

    /** Some groups, each asked what follows its sequences. */
    void step(List<NDArray> segments, long[] groups, long... lengths) {
      int positions = 0;
      int sequences = 0;
      for (int group = 0; group < groups.length; group += 3) {
        positions += (int) (groups[group] * groups[group + 1]);
        sequences += (int) groups[group];
      }
      NDArray next =
          program.tensor(
              manager,
              "step",
              zeros(positions),
              zeros(positions),
              groups,
              segments,
              lengths,
              new long[] {positions},
              zeros(sequences),
              LongStream.generate(() -> 1).limit(groups.length / 3).toArray(),
              zeros(sequences),
              sequences,
              new long[] {sequences});
      assertThat(next.getShape()).isEqualTo(new Shape(sequences, config.vocabularySize()));
      assertThat(next.getDataType()).isEqualTo(DataType.FLOAT32);
    }

    /** Two sequences without a cache, as gradients flow through them, and their logits. */
    void atOnce() {
      NDArray embeddings =
          moved(manager.zeros(new Shape(2, 30, config.hiddenSize())), ElementType.F32.scalarType());
      NDArray states = program.tensor(manager, "hidden_states_at_once", embeddings);
      NDArray logits = program.tensor(manager, "last_logits", states);
      assertThat(states.getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(logits.getShape()).isEqualTo(new Shape(2, config.vocabularySize()));
    }

    @Override
    public void close() {
      program.close();
    }
  }
}
