package dev.refrain.gpuworkers.model;

import static dev.refrain.gpuworkers.model.ReferenceNumbers.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.Fixture;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each family beside Hugging Face transformers 4.57.3: {@code fixtures/families/make.py} says how
 * the numbers were made. Prompts have 40 tokens, windows 8, so both sides of a window are seen.
 */
class DecoderFamiliesTest {
  @ParameterizedTest
  @Families
  void computesLogitsAndEveryLayersStates(String name) {
    try (Reference reference = new Reference(name, "");
        KvCache cache = reference.newCache(1)) {
      DecoderModel model = reference.model;
      NDArray embeddings = reference.embed(reference.prompt);

      NDArray states = model.layerStates(embeddings, cache);

      assertClose(states, reference.numbers("hidden_states"));
      NDArray last = states.get("-1");
      assertClose(model.logits(last), reference.numbers("logits"));
      assertClose(
          model.differentiable().layerStates(embeddings), reference.numbers("hidden_states"));
    }
  }

  @ParameterizedTest
  @Families
  void choosesTheGreedyTokensWithAndWithoutACache(String name) {
    try (Reference reference = new Reference(name, "");
        KvCache cache = reference.newCache(1)) {
      assertThat(reference.continuation(cache)).containsExactly(reference.greedy);

      int[] all = reference.withGreedy();
      NDArray states = reference.model.differentiable().hiddenStates(reference.embed(all));
      int[] following = reference.likeliest(states);
      assertThat(Arrays.copyOfRange(following, reference.prompt.length - 1, all.length - 1))
          .containsExactly(reference.greedy);
    }
  }

  @ParameterizedTest
  @Families
  void readsAPromptInPiecesAsItReadsItWhole(String name) {
    try (Reference reference = new Reference(name, "");
        KvCache cache = reference.newCache(1)) {
      int start = 0;
      for (int end : new int[] {3, 4, 11, 12, 13, 33, 40}) {
        int[] piece = Arrays.copyOfRange(reference.prompt, start, end);
        NDArray states = reference.model.hiddenStates(reference.embed(piece), cache);

        assertClose(states, reference.lastStates(start, end));
        start = end;
      }
    }
  }

  /** A prefix that is computed once and forked, as a soft prompt's. */
  @ParameterizedTest
  @Families
  void continuesAForkedPrefix(String name) {
    try (Reference reference = new Reference(name, "");
        KvCache prefix = reference.newCache(1)) {
      int[] beginning = Arrays.copyOf(reference.prompt, 10);
      reference.model.hiddenStates(reference.embed(beginning), prefix).close();
      for (int round = 0; round < 2; round++) {
        try (KvCache forked = prefix.fork(2, prefix.capacity())) {
          int[] rest = Arrays.copyOfRange(reference.prompt, 10, 40);
          NDArray states = reference.model.hiddenStates(reference.embed(rest, rest), forked);

          assertClose(states.get("0"), reference.lastStates(10, 40));
          assertClose(states.get("1"), reference.lastStates(10, 40));
        }
      }
    }
  }

  @ParameterizedTest
  @Families
  void runsSequencesOfDifferentLengthsTogether(String name) {
    int[][] ends = {
      {2, 40, 17}, {3, 80, 18}, {19, 81, 19}, {20, 82, 20}, {40, 90, 39}, {41, 91, 40}
    };
    try (Reference reference = new Reference(name, "");
        KvCache cache = reference.newCache(ends[0].length)) {
      int[] starts = new int[ends[0].length];
      for (int[] step : ends) {
        reference.runRagged(cache, starts, step);
        starts = step;
      }
      assertThat(cache.length()).isEqualTo(91);
      try (KvCache chosen = cache.select(2, 0)) {
        assertThat(chosen.length(0)).isEqualTo(40);
        assertThat(chosen.length(1)).isEqualTo(41);
        reference.runRagged(chosen, new int[] {40, 41}, new int[] {41, 50});
      }
    }
  }

  @ParameterizedTest
  @Families
  void givesGradientsToTheInputEmbeddings(String name) {
    try (Reference reference = new Reference(name, "")) {
      NDArray embeddings = reference.leaf();
      NDArray states = reference.model.differentiable().hiddenStates(embeddings);

      assertClose(reference.gradient(states, embeddings), reference.numbers("gradient"));
      assertThat(reference.model.weights()).noneMatch(NDArray::hasGradient);
    }
  }

  /** Long rotary factors hold from 25 positions on, short ones up to 24. */
  @Test
  void takesShortFactorsForShortSequences() {
    try (Reference reference = new Reference("phi3-longrope", "short_");
        KvCache cache = reference.model.newCache(1, 24)) {
      assertThat(reference.continuation(cache)).containsExactly(reference.greedy);
      NDArray embeddings = reference.leaf();
      NDArray states = reference.model.differentiable().hiddenStates(embeddings);

      assertClose(states, reference.lastStates(0, reference.prompt.length));
      assertClose(reference.gradient(states, embeddings), reference.numbers("gradient"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cache.fork(1, 25))
          .withMessageContaining("a cache of 24 positions cannot become one of 25");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-linear", "qwen3"})
  void hasNoOperationThatItsFamilyLacks(String name) {
    String source =
        DecoderProgram.source(ModelFolder.open(Fixture.path("families/" + name)).config());

    assertThat(source).doesNotContain("bias", "tanh", "self.window", "smeared", "layer_norm");
  }

  /** A model, and what Hugging Face computes with it. */
  private static final class Reference implements AutoCloseable {
    private final String prefix;
    private final ReferenceNumbers numbers;
    private final DecoderModel model;
    private final NDManager manager;
    private final int[] prompt;
    private final int[] greedy;

    Reference(String name, String prefix) {
      Path folder = Fixture.path("families/" + name);
      this.prefix = prefix;
      this.numbers = ReferenceNumbers.of(folder);
      this.model = DecoderModel.load(ModelFolder.open(folder), new EngineSettings(1));
      this.manager = model.newManager();
      this.prompt = numbers.tokens(prefix + "prompt");
      this.greedy = numbers.tokens(prefix + "greedy");
    }

    float[] numbers(String tensor) {
      return numbers.numbers(prefix + tensor);
    }

    KvCache newCache(int rows) {
      return model.newCache(rows, prompt.length + greedy.length);
    }

    NDArray embed(int[]... tokens) {
      return model.embed(manager, tokens);
    }

    /** The prompt's embeddings, to take a gradient. */
    NDArray leaf() {
      return ReferenceNumbers.leaf(manager, embed(prompt));
    }

    NDArray gradient(NDArray states, NDArray leaf) {
      ReferenceNumbers.backward(manager, states, numbers("probe"));
      return leaf.getGradient();
    }

    /** The last norm's output for positions of the prompt. */
    float[] lastStates(int start, int end) {
      float[] states = numbers("hidden_states");
      int size = model.config().hiddenSize();
      int offset = states.length - prompt.length * size;
      return Arrays.copyOfRange(states, offset + start * size, offset + end * size);
    }

    int[] withGreedy() {
      int[] all = Arrays.copyOf(prompt, prompt.length + greedy.length);
      System.arraycopy(greedy, 0, all, prompt.length, greedy.length);
      return all;
    }

    /** The likeliest token after each position. */
    int[] likeliest(NDArray states) {
      long[] tokens = model.logits(states).stopGradient().argMax(-1).flatten().toLongArray();
      return Arrays.stream(tokens).mapToInt(Math::toIntExact).toArray();
    }

    /** Greedy tokens, one at a time. */
    int[] continuation(KvCache cache) {
      int[] tokens = new int[greedy.length];
      NDArray states = model.hiddenStates(embed(prompt), cache);
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = (int) model.lastLogits(states).argMax(-1).getLong(0);
        if (i + 1 < tokens.length) {
          states = model.hiddenStates(embed(new int[] {tokens[i]}), cache);
        }
      }
      return tokens;
    }

    /** Runs each row from its start to its end of prompt and greedy tokens, padded with 7. */
    void runRagged(KvCache cache, int[] starts, int[] ends) {
      int[] lengths = new int[starts.length];
      Arrays.setAll(lengths, row -> ends[row] - starts[row]);
      int width = Arrays.stream(lengths).max().orElseThrow();
      int[][] tokens = new int[starts.length][width];
      for (int row = 0; row < starts.length; row++) {
        Arrays.fill(tokens[row], 7);
        System.arraycopy(withGreedy(), starts[row], tokens[row], 0, lengths[row]);
      }
      NDArray states = model.hiddenStates(embed(tokens), lengths, cache);
      for (int row = 0; row < starts.length; row++) {
        checkRow(states.get(row + ":" + (row + 1) + ",:" + lengths[row]), starts[row], ends[row]);
      }
    }

    private void checkRow(NDArray states, int start, int end) {
      int known = Math.min(end, prompt.length);
      if (start < known) {
        assertClose(states.get(":,:" + (known - start)), lastStates(start, known));
      }
      int[] likeliest = likeliest(states);
      int[] all = withGreedy();
      for (int at = Math.max(start, prompt.length - 1); at < end; at++) {
        assertThat(likeliest[at - start]).as("token after %d", at).isEqualTo(all[at + 1]);
      }
    }

    @Override
    public void close() {
      manager.close();
      model.close();
    }
  }
}
