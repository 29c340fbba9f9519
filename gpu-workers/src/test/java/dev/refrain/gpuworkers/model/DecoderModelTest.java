package dev.refrain.gpuworkers.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.Fixture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderModelTest {
  private static final EngineSettings ONE_THREAD = new EngineSettings(1);

  /** Largest difference allowed, as a share of the largest number: float32 in another order. */
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @ValueSource(strings = {Fixture.GROUPED_F32, Fixture.GROUPED_BF16_SHARDED, Fixture.TIED_F16})
  void computesTheHiddenStatesAndLogitsOfHuggingFace(String name) {
    JsonNode expected = Fixture.json(name + "/expected.json");
    int[] prompt = tokens(expected.get("prompt"));
    try (DecoderModel model = load(name);
        NDManager manager = model.newManager();
        KvCache cache = model.newCache(1, prompt.length)) {
      NDArray hidden = model.hiddenStates(model.embed(manager, new int[][] {prompt}), cache);

      assertClose(hidden, Fixture.numbers(expected.get("hiddenStates")));
      assertClose(model.logits(hidden), Fixture.numbers(expected.get("logits")));
      assertThat(model.lastLogits(hidden).getShape().getShape())
          .containsExactly(1, model.vocabularySize());
    }
  }

  @Test
  void readsAPromptInPiecesAsItReadsItWhole() {
    JsonNode expected = Fixture.json(Fixture.GROUPED_F32 + "/expected.json");
    int[] prompt = tokens(expected.get("prompt"));
    try (DecoderModel model = load(Fixture.GROUPED_F32);
        NDManager manager = model.newManager();
        KvCache cache = model.newCache(1, 64)) {
      for (int[] range : new int[][] {{0, 7}, {7, 8}, {8, 20}, {20, prompt.length - 1}}) {
        run(model, manager, cache, Arrays.copyOfRange(prompt, range[0], range[1]));
      }
      NDArray hidden = run(model, manager, cache, new int[] {prompt[prompt.length - 1]});

      List<Double> states = Fixture.numbers(expected.get("hiddenStates"));
      assertClose(hidden, states.subList(states.size() - 16, states.size()));
    }
  }

  @Test
  void forksASequenceAndDropsSome() {
    int[][] ends = {{17}, {42}, {99}};
    try (DecoderModel model = load(Fixture.GROUPED_F32);
        NDManager manager = model.newManager();
        KvCache prompt = model.newCache(1, 32)) {
      run(model, manager, prompt, new int[] {1, 5, 9});
      try (KvCache forked = prompt.fork(3, 32)) {
        run(model, manager, forked, ends);
        forked.drop(0);
        NDArray hidden = run(model, manager, forked, new int[][] {{7}, {8}});

        assertThat(forked.rows()).isEqualTo(2);
        assertThat(forked.length()).isEqualTo(5);
        assertThat(prompt.length()).isEqualTo(3);
        assertClose(hidden.get("0"), whole(model, manager, 1, 5, 9, 99, 7));
        assertClose(hidden.get("1"), whole(model, manager, 1, 5, 9, 42, 8));
      }
    }
  }

  /** Packed products add up each row in the same order, however many rows there are. */
  @Test
  void givesAPositionTheSameLogitsWhateverStandsBesideIt() {
    try (DecoderModel model = load(Fixture.GROUPED_F32);
        NDManager manager = model.newManager()) {
      int[] ids = IntStream.range(0, 40).toArray();
      NDArray states = model.embed(manager, new int[][] {ids});
      float[] all = model.logits(states).toFloatArray();
      for (int rows = 1; rows <= ids.length; rows++) {
        NDArray first = states.get(new NDIndex(":, 0:" + rows));

        assertThat(model.logits(first).toFloatArray())
            .as("%d rows", rows)
            .isEqualTo(Arrays.copyOf(all, rows * model.vocabularySize()));
      }
    }
  }

  /**
   * BF16 keeps 8 bits: each product is off by some 2^-8 of its size. The bound is on the root of
   * the mean square, as a share of that of the logits in float.
   */
  @Test
  void staysCloseToItselfInBf16() {
    JsonNode expected = Fixture.json(Fixture.GROUPED_F32 + "/expected.json");
    int[] prompt = tokens(expected.get("prompt"));
    List<Double> exact = Fixture.numbers(expected.get("logits"));
    try (DecoderModel model =
            DecoderModel.load(
                ModelFolder.open(Fixture.path(Fixture.GROUPED_F32)),
                ONE_THREAD.with(Precision.BF16));
        NDManager manager = model.newManager();
        KvCache cache = model.newCache(1, prompt.length)) {
      NDArray hidden = model.hiddenStates(model.embed(manager, new int[][] {prompt}), cache);
      float[] rounded = model.logits(hidden).toFloatArray();

      double error =
          IntStream.range(0, rounded.length)
              .mapToDouble(i -> Math.pow(rounded[i] - exact.get(i), 2))
              .sum();
      double size = exact.stream().mapToDouble(number -> number * number).sum();
      assertThat(Math.sqrt(error / size)).isBetween(1e-5, 2e-2);
    }
  }

  /** A header of any length is allowed; one byte more shifts all numbers off their words. */
  @Test
  void readsWeightsThatLieAcrossWords(@TempDir Path folder) throws IOException {
    Path original = Fixture.path(Fixture.GROUPED_F32);
    for (String name : List.of("config.json", "tokenizer.json")) {
      Files.copy(original.resolve(name), folder.resolve(name));
    }
    byte[] file = Files.readAllBytes(original.resolve("model.safetensors"));
    ByteBuffer stored = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) stored.getLong();
    ByteBuffer shifted = ByteBuffer.allocate(file.length + 1).order(ByteOrder.LITTLE_ENDIAN);
    shifted.putLong(header + 1).put(file, 8, header).put((byte) ' ');
    shifted.put(file, 8 + header, file.length - 8 - header);
    Files.write(folder.resolve("model.safetensors"), shifted.array());

    try (DecoderModel model = load(Fixture.GROUPED_F32);
        DecoderModel across = DecoderModel.load(ModelFolder.open(folder), ONE_THREAD)) {
      assertThat(numbers(across)).isEqualTo(numbers(model));
    }
  }

  private static List<List<Float>> numbers(DecoderModel model) {
    return model.weights().stream()
        .map(weight -> Arrays.stream(weight.toArray()).map(Number::floatValue).toList())
        .toList();
  }

  @Test
  void keepsWhatForksHaveInCommonUntilTheLastIsClosed() {
    try (DecoderModel model = load(Fixture.GROUPED_F32)) {
      int before = arrays(model);
      KvCache prompt = model.newCache(1, 8);
      KvCache second;
      try (NDManager manager = model.newManager()) {
        run(model, manager, prompt, new int[] {1, 5, 9});
        KvCache first = prompt.fork(1, 8);
        second = first.fork(2, 8);
        prompt.close();
        first.close();
        NDArray hidden = run(model, manager, second, new int[][] {{7}, {8}});
        assertClose(hidden.get("0"), whole(model, manager, 1, 5, 9, 7));
      }
      assertThat(arrays(model)).as("with the prompt and the new ones").isEqualTo(before + 2);
      second.close();
      assertThat(arrays(model)).isEqualTo(before);
    }
  }

  private static int arrays(DecoderModel model) {
    try (NDManager manager = model.newManager()) {
      return manager.getParentManager().getManagedArrays().size();
    }
  }

  @Test
  void saysHowManyBytesACacheTakes() {
    try (DecoderModel model = load(Fixture.GROUPED_F32);
        KvCache cache = model.newCache(3, 7)) {
      // Keys and values of 2 layers, 2 heads of 8 numbers of 4 bytes, for 3 times 7 positions.
      assertThat(model.cacheBytes(3, 7)).isEqualTo(2 * 2 * 2 * 8 * 4 * 3 * 7);
      assertThat(cache.bytes()).isEqualTo(model.cacheBytes(3, 7));
    }
  }

  @Test
  void refusesWhatDoesNotFitTheCacheOrTheVocabulary() {
    try (DecoderModel model = load(Fixture.GROUPED_F32);
        NDManager manager = model.newManager();
        KvCache cache = model.newCache(1, 2);
        KvCache wide = model.newCache(2, 2)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> run(model, manager, cache, new int[] {1, 2, 3}))
          .withMessageContaining("0 of 2 positions filled");
      NDArray two = model.embed(manager, new int[][] {{1, 2}});
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.hiddenStates(two, wide))
          .withMessageContaining("1 rows do not fit a cache of 2 rows");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.embed(manager, new int[][] {{307}}))
          .withMessageContaining("[0, 307)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.newCache(1, 129))
          .withMessageContaining("[1, 128]");
      assertThatIllegalArgumentException().isThrownBy(() -> cache.drop(0));
      assertThatIllegalArgumentException().isThrownBy(() -> wide.fork(1, 4));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new TokenBatch().add(wide, new int[] {1, 2, 3}, true))
          .withMessageContaining("3 tokens for 2 sequences");
    }
  }

  private static DecoderModel load(String name) {
    return DecoderModel.load(ModelFolder.open(Fixture.path(name)), ONE_THREAD);
  }

  private static NDArray run(DecoderModel model, NDManager manager, KvCache cache, int[]... ids) {
    return model.hiddenStates(model.embed(manager, ids), cache);
  }

  /** Last hidden state of a sequence that is run in one piece, without an earlier cache. */
  private static List<Double> whole(DecoderModel model, NDManager manager, int... ids) {
    try (KvCache cache = model.newCache(1, ids.length)) {
      float[] hidden = run(model, manager, cache, ids).toFloatArray();
      int size = hidden.length / ids.length;
      return doubles(Arrays.copyOfRange(hidden, hidden.length - size, hidden.length));
    }
  }

  private static void assertClose(NDArray actual, List<Double> expected) {
    List<Double> numbers = doubles(actual.toFloatArray());
    assertThat(numbers).hasSameSizeAs(expected);
    double largest = expected.stream().mapToDouble(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(Math.abs(numbers.get(i) - expected.get(i)))
          .as("number %d", i)
          .isLessThan(TOLERANCE * largest);
    }
  }

  private static List<Double> doubles(float[] numbers) {
    Double[] boxed = new Double[numbers.length];
    Arrays.setAll(boxed, i -> (double) numbers[i]);
    return List.of(boxed);
  }

  private static int[] tokens(JsonNode ids) {
    return Fixture.numbers(ids).stream().mapToInt(Double::intValue).toArray();
  }
}
