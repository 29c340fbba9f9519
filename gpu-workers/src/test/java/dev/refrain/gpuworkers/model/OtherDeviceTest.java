package dev.refrain.gpuworkers.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.refrain.gpuworkers.Fixture;
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
      try (Elsewhere elsewhere = Elsewhere.of(config, products)) {
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
  static double distance(float[] actual, float[] expected) {
    double error =
        IntStream.range(0, expected.length)
            .mapToDouble(i -> Math.pow(actual[i] - expected[i], 2))
            .sum();
    double size =
        IntStream.range(0, expected.length).mapToDouble(i -> expected[i] * expected[i]).sum();
    return Math.sqrt(error / size);
  }

  /** A decoder whose weights have no numbers. */
  private record Elsewhere(ModelConfig config, WithoutNumbers program) implements AutoCloseable {

    static Elsewhere of(ModelConfig config, Products products) {
      Elsewhere elsewhere =
          new Elsewhere(
              config,
              WithoutNumbers.compile(
                  DecoderProgram.source(config, products),
                  "Decoder",
                  DecoderProgram.attributes(config, products)));
      elsewhere.program.adopt(DecoderWeights.of(config), products.positions());
      elsewhere.finish();
      return elsewhere;
    }

    private void finish() {
      if (config.architecture().positions() instanceof Architecture.Rotary positions) {
        RotaryProgram rotary = RotaryProgram.of(positions, config.headSize());
        long[] shape = {(long) rotary.tables() * config.contextLength(), rotary.size()};
        var unused =
            program
                .program()
                .number(
                    "prepare_rotary",
                    program.numbers(ElementType.F32, shape),
                    program.numbers(ElementType.F32, shape),
                    rotary.tables());
      }
    }

    NDArray cache(int rows, int capacity) {
      return program.call("new_cache", rows, capacity);
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
          program.call(
              "step",
              program.wholeNumbers(positions),
              program.wholeNumbers(positions),
              groups,
              segments,
              lengths,
              new long[] {positions},
              program.wholeNumbers(sequences),
              LongStream.generate(() -> 1).limit(groups.length / 3).toArray(),
              program.wholeNumbers(sequences),
              sequences,
              new long[] {sequences});
      assertThat(next.getShape()).isEqualTo(new Shape(sequences, config.vocabularySize()));
      assertThat(next.getDataType()).isEqualTo(DataType.FLOAT32);
    }

    /** Two sequences without a cache, as gradients flow through them, and their logits. */
    void atOnce() {
      NDArray embeddings = program.numbers(ElementType.F32, 2, 30, config.hiddenSize());
      NDArray states = program.call("hidden_states_at_once", embeddings);
      NDArray logits = program.call("last_logits", states);
      assertThat(states.getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(logits.getShape()).isEqualTo(new Shape(2, config.vocabularySize()));
    }

    @Override
    public void close() {
      program.close();
    }
  }
}
