package dev.refrain.gpuworkers.model;

import static dev.refrain.gpuworkers.model.ReferenceNumbers.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.Fixture;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each family beside Hugging Face transformers 4.57.3: {@code fixtures/families/make.py} says how
 * the numbers were made. Prompts have 40 tokens, windows 8, so both sides of a window are seen.
 */
class DecoderFamiliesTest {
  private static final List<Tiling> TILINGS =
      List.of(new Tiling.Together(), new Tiling.Padded(4), new Tiling.Apart());

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

  /** Pieces of prompts beside sequences that are being decoded, each with a cache of its own. */
  @ParameterizedTest
  @Families
  void stepsSequencesOfDifferentLengthsTogether(String name) {
    int[][] ends = {
      {2, 40, 17}, {3, 80, 18}, {19, 81, 19}, {20, 82, 20}, {40, 90, 39}, {41, 91, 40}
    };
    for (Tiling tiling : TILINGS) {
      try (Reference reference = new Reference(name, "")) {
        List<KvCache> caches =
            IntStream.range(0, ends[0].length).mapToObj(i -> reference.newCache(1)).toList();
        int[] starts = new int[ends[0].length];
        for (int[] step : ends) {
          TokenBatch batch = new TokenBatch();
          for (int row = 0; row < step.length; row++) {
            batch.add(
                caches.get(row),
                Arrays.copyOfRange(reference.withGreedy(), starts[row], step[row]),
                true);
          }
          reference.check(batch, tiling, step);
          starts = step;
        }
        caches.forEach(KvCache::close);
      }
    }
  }

  /** A soft prompt's positions, a prompt's, and those of its samples, of which some end early. */
  @ParameterizedTest
  @Families
  void stepsWhatWasForkedTwiceBesideANeighbour(String name) {
    for (Tiling tiling : TILINGS) {
      try (Reference reference = new Reference(name, "");
          KvCache prefix = reference.newCache(1);
          KvCache prompt = reference.forkedAfter(prefix, 5, 1);
          KvCache neighbour = reference.newCache(1)) {
        reference.read(neighbour, 0, 60);
        reference.read(prompt, 5, 33);
        try (KvCache samples = prompt.fork(3, reference.withGreedy().length)) {
          int at = 33;
          for (int end : new int[] {36, 37, 38, 39, 40, 41, 42, 60}) {
            TokenBatch batch = new TokenBatch();
            int[] tokens = Arrays.copyOfRange(reference.withGreedy(), at, end);
            batch.add(samples, repeated(tokens, samples.rows()), true);
            int[] beside = {reference.withGreedy()[neighbour.length()]};
            batch.add(neighbour, beside, true);
            int[] ends = new int[samples.rows() + 1];
            Arrays.fill(ends, end);
            ends[samples.rows()] = neighbour.length() + 1;
            reference.check(batch, tiling, ends);
            if (end == 38 || end == 41) {
              samples.drop(0);
            }
            at = end;
          }
          assertThat(samples.rows()).isEqualTo(1);
        }
      }
    }
  }

  private static int[] repeated(int[] tokens, int times) {
    int[] all = new int[times * tokens.length];
    Arrays.setAll(all, i -> tokens[i % tokens.length]);
    return all;
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
      assertThat(cache.longestFork()).isEqualTo(24);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cache.fork(1, 25))
          .withMessageContaining("a cache for sequences of 24 positions cannot become one of 25");
    }
  }

  @Test
  void forksToTheWholeContextUnlessKeysAreTurnedForShortSequences() {
    try (Reference reference = new Reference("phi3-longrope", "short_");
        KvCache forLong = reference.model.newCache(1, 24, 25)) {
      assertThat(forLong.longestFork()).isEqualTo(reference.model.contextLength());
      try (KvCache empty = reference.model.newCache(1, 24)) {
        assertThat(empty.longestFork()).isEqualTo(reference.model.contextLength());
      }
      reference.model.hiddenStates(reference.leaf(), forLong).close();
      assertThat(forLong.longestFork()).isEqualTo(reference.model.contextLength());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-linear", "qwen3"})
  void hasNoOperationThatItsFamilyLacks(String name) {
    String source =
        DecoderProgram.source(
            ModelFolder.open(Fixture.path("families/" + name)).config(), Products.PLAIN);

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

    /** Reads tokens of prompt and greedy tokens. */
    void read(KvCache cache, int start, int end) {
      int[] tokens = Arrays.copyOfRange(withGreedy(), start, end);
      model.hiddenStates(embed(tokens), cache).close();
    }

    /** A fork of a cache that has read some tokens. */
    KvCache forkedAfter(KvCache cache, int tokens, int rows) {
      read(cache, 0, tokens);
      return cache.fork(rows, cache.capacity());
    }

    /** Steps sequences to their ends and checks what it says of the token behind each. */
    void check(TokenBatch batch, Tiling tiling, int[] ends) {
      try (NDManager call = model.newManager()) {
        NDArray next = model.step(call, batch, tiling);
        assertThat(next.getShape().get(0)).isEqualTo(ends.length);
        for (int row = 0; row < ends.length; row++) {
          if (ends[row] <= prompt.length) {
            assertClose(next.get(row), logProbabilities(ends[row] - 1));
          }
          if (ends[row] >= prompt.length) {
            assertThat(next.get(row).argMax().getLong())
                .as("token after %d", ends[row])
                .isEqualTo(withGreedy()[ends[row]]);
          }
        }
      }
    }

    /** What the reference says of the token behind a position of the prompt. */
    private float[] logProbabilities(int position) {
      int size = model.vocabularySize();
      float[] logits = numbers("logits");
      try (NDArray row =
          manager.create(Arrays.copyOfRange(logits, position * size, (position + 1) * size))) {
        return row.logSoftmax(0).toFloatArray();
      }
    }

    @Override
    public void close() {
      manager.close();
      model.close();
    }
  }
}
