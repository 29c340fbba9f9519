package dev.refrain.gpuworkers.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.generate.Sequence.Finish;
import dev.refrain.gpuworkers.model.CausalLm;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.KvCache;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** On a tiny random model, whose samples are as varied as can be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenerationEngineTest {
  private static final String PROMPT = "Who wrote the song?";
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private LanguageModel model;
  private GenerationEngine generator;

  @BeforeAll
  void load() {
    // Two threads, so that what must be repeatable is so beside parallel sums.
    model = LanguageModel.load(Fixture.path(Fixture.GROUPED_F32), new EngineSettings(2));
    generator = model.engine(CLOCK);
  }

  @AfterAll
  void close() {
    generator.close();
    model.close();
  }

  @Test
  void cachedDecodingGivesTheTokensAndLogProbabilitiesOfFullPasses() {
    Sequence cached = only(generate(PROMPT, Sampling.greedy(30, List.of())));

    List<Integer> ids = new ArrayList<>(boxed(model.tokenizer().encode(PROMPT)));
    for (int i = 0; i < 30; i++) {
      NextToken next = new NextToken(fullPass(ids));
      ids.add(next.mostLikely());
      assertThat(cached.tokenIds().get(i)).isEqualTo(next.mostLikely());
      // Float32 sums in another order.
      assertThat((double) cached.logProbabilities().get(i))
          .isCloseTo(next.logProbability(next.mostLikely()), within(1e-4));
    }
  }

  @Test
  void samplesHaveTheLogProbabilitiesOfFullPassesWhateverTheTemperature() {
    List<Sequence> samples = generate(PROMPT, sampling(3, 1.7, 0.8, 12, 5)).sequences();

    for (Sequence sample : samples) {
      List<Integer> ids = new ArrayList<>(boxed(model.tokenizer().encode(PROMPT)));
      for (int i = 0; i < sample.tokenIds().size(); i++) {
        NextToken next = new NextToken(fullPass(ids));
        int token = sample.tokenIds().get(i);
        assertThat((double) sample.logProbabilities().get(i))
            .isCloseTo(next.logProbability(token), within(1e-4));
        ids.add(token);
      }
    }
  }

  @Test
  void givesTheGreedySequenceFirstAndThenTheSamples() {
    List<Sequence> sequences =
        generate(PROMPT, new Sampling(true, 4, 1, 1, 8, List.of(), 3)).sequences();

    assertThat(sequences)
        .extracting(Sequence::greedy)
        .containsExactly(true, false, false, false, false);
    assertThat(Set.copyOf(sequences)).hasSize(5);
    assertThat(sequences.getFirst().tokenIds())
        .isEqualTo(only(generate(PROMPT, Sampling.greedy(8, List.of()))).tokenIds());
    // Float32 sums in another order.
    assertThat(sequences)
        .allSatisfy(s -> assertThat(s.firstTokenEntropy()).isCloseTo(entropy(), within(1e-5f)));
  }

  @Test
  void aRequestIsTheSameToTheBitWhateverIsInTheBatchBesideIt() {
    List<GenerationRequest> batch = unequalRequests();

    List<Generation> together = generator.generate(batch);

    for (int i = batch.size() - 1; i >= 0; i--) {
      assertThat(generator.generate(List.of(batch.get(i))).getFirst()).isEqualTo(together.get(i));
    }
  }

  @Test
  void aRequestRepeatedIsIdenticalToTheBit() {
    List<GenerationRequest> batch = unequalRequests();
    List<Generation> first = generator.generate(batch);

    for (int i = 0; i < 5; i++) {
      assertThat(generator.generate(batch)).isEqualTo(first);
    }
    assertThat(CompletableFuture.supplyAsync(() -> generator.generate(batch)).join())
        .as("on another thread")
        .isEqualTo(first);
    try (LanguageModel again =
            LanguageModel.load(Fixture.path(Fixture.GROUPED_F32), new EngineSettings(2));
        GenerationEngine engine = again.engine(CLOCK)) {
      assertThat(engine.generate(batch)).as("loaded again").isEqualTo(first);
    }
  }

  @Test
  void theSeedDecidesTheSamples() {
    List<Sequence> seed1 = generate(PROMPT, sampling(4, 1, 1, 10, 1)).sequences();
    List<Sequence> seed2 = generate(PROMPT, sampling(4, 1, 1, 10, 2)).sequences();

    assertThat(seed2).isNotEqualTo(seed1).doesNotContainAnyElementsOf(seed1);
    assertThat(generate(PROMPT, sampling(4, 1, 1, 10, 1)).sequences()).isEqualTo(seed1);
  }

  @Test
  void aStopStringEndsTheTextBeforeIt() {
    Sequence free = only(generate(PROMPT, Sampling.greedy(30, List.of())));
    // Taken from the middle, so that it lies across the borders of several one-character tokens.
    String stop = free.text().substring(9, 12);

    Sequence stopped = only(generate(PROMPT, Sampling.greedy(30, List.of("never", stop))));

    assertThat(stopped.finish()).isEqualTo(Finish.STOP);
    assertThat(stopped.text()).isEqualTo(free.text().substring(0, free.text().indexOf(stop)));
    assertThat(stopped.tokenIds()).hasSizeLessThan(30);
    assertThat(free.tokenIds()).startsWith(stopped.tokenIds().toArray(Integer[]::new));
    assertThat(stopped.logProbabilities()).hasSameSizeAs(stopped.tokenIds());
  }

  @Test
  void aStopTokenEndsTheSequenceAndIsNotInItsText() {
    Sequence free = only(generate(PROMPT, Sampling.greedy(20, List.of())));
    int stop = free.tokenIds().get(6);
    int first = free.tokenIds().indexOf(stop);

    Sequence stopped = only(generateStoppingAt(Set.of(stop), Sampling.greedy(20, List.of())));

    assertThat(stopped.finish()).isEqualTo(Finish.STOP);
    assertThat(stopped.tokenIds()).isEqualTo(free.tokenIds().subList(0, first + 1));
    Sequence before = only(generate(PROMPT, Sampling.greedy(first, List.of())));
    assertThat(stopped.text()).isEqualTo(before.text());
  }

  @Test
  void sequencesThatEndEarlyLeaveTheOthersAsTheyWere() {
    // A ninth of the tokens stop, so that sequences end at very different lengths.
    Set<Integer> stops =
        Set.copyOf(IntStream.range(0, 307).filter(id -> id % 9 == 0).boxed().toList());

    List<Sequence> sequences = generateStoppingAt(stops, sampling(12, 1, 1, 40, 11)).sequences();

    assertThat(sequences.stream().map(s -> s.tokenIds().size()).distinct()).hasSizeGreaterThan(6);
    for (Sequence sequence : sequences) {
      List<Integer> ids = new ArrayList<>(boxed(model.tokenizer().encode(PROMPT)));
      ids.addAll(sequence.tokenIds().subList(0, sequence.tokenIds().size() - 1));
      int last = sequence.tokenIds().getLast();
      assertThat((double) sequence.logProbabilities().getLast())
          .isCloseTo(new NextToken(fullPass(ids)).logProbability(last), within(1e-4));
    }
  }

  @Test
  void theDeadlineEndsGenerationWithWhatThereIs() {
    Instant[] now = {Instant.EPOCH};
    InstantSource ticking = () -> now[0] = now[0].plusMillis(10);
    Sampling sampling = Sampling.greedy(50, List.of());
    GenerationRequest hurried =
        new GenerationRequest(PROMPT, sampling, Instant.EPOCH.plusMillis(75));
    GenerationRequest late = new GenerationRequest(PROMPT, sampling, Instant.EPOCH);

    List<Generation> generations;
    try (GenerationEngine timed = engine(Set.of(), new EngineSettings(2), ticking)) {
      generations = timed.generate(List.of(hurried, late));
    }

    Sequence stopped = only(generations.get(0));
    assertThat(stopped.finish()).isEqualTo(Finish.DEADLINE);
    assertThat(stopped.tokenIds()).hasSizeBetween(2, 8);
    assertThat(only(generate(PROMPT, sampling)).tokenIds())
        .startsWith(stopped.tokenIds().toArray(Integer[]::new));
    assertThat(only(generations.get(1)))
        .isEqualTo(new Sequence("", List.of(), List.of(), 0, true, Finish.DEADLINE));
  }

  @Test
  void refusesARequestThatExceedsTheContext() {
    GenerationRequest request =
        new GenerationRequest("again ".repeat(60), Sampling.greedy(100, List.of()), null);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> generator.check(request))
        .withMessageContaining("100 new tokens")
        .withMessageContaining("context of 128");
  }

  @Test
  void refusesAPromptWithoutTokens() {
    try (LanguageModel plain =
            LanguageModel.load(Fixture.path(Fixture.TIED_F16), new EngineSettings(2));
        GenerationEngine engine = plain.engine(CLOCK)) {
      GenerationRequest request = new GenerationRequest("", Sampling.greedy(1, List.of()), null);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> engine.check(request))
          .withMessageContaining("prompt is empty");
    }
  }

  @Test
  void fillsTheContextToItsLastPosition() {
    int prompt = model.tokenizer().count(PROMPT);
    Sampling full = Sampling.greedy(128 - prompt, List.of());

    assertThat(only(generate(PROMPT, full)).tokenIds()).hasSize(128 - prompt);
  }

  private List<GenerationRequest> unequalRequests() {
    return List.of(
        new GenerationRequest("", sampling(2, 0.7, 0.9, 25, 1), null),
        request(new Sampling(true, 7, 1, 1, 33, List.of("x"), 9)),
        new GenerationRequest("the passage ".repeat(5), sampling(16, 1.2, 1, 9, 4), null),
        request(Sampling.greedy(40, List.of())));
  }

  private Generation generate(String prompt, Sampling sampling) {
    return generator.generate(List.of(new GenerationRequest(prompt, sampling, null))).getFirst();
  }

  private GenerationEngine engine(
      Set<Integer> stopTokens, EngineSettings settings, InstantSource clock) {
    return new GenerationEngine(model.model(), model.tokenizer(), stopTokens, settings, clock);
  }

  private Generation generateStoppingAt(Set<Integer> stopTokens, Sampling sampling) {
    try (GenerationEngine stopping = engine(stopTokens, new EngineSettings(2), CLOCK)) {
      return stopping.generate(List.of(request(sampling))).getFirst();
    }
  }

  private float entropy() {
    return (float) new NextToken(fullPass(boxed(model.tokenizer().encode(PROMPT)))).entropy();
  }

  /** Logits after the last of the ids, from one pass over all of them. */
  private float[] fullPass(List<Integer> ids) {
    CausalLm lm = model.model();
    int[][] row = {ids.stream().mapToInt(Integer::intValue).toArray()};
    try (NDManager manager = lm.newManager();
        KvCache cache = lm.newCache(1, ids.size())) {
      NDArray all = lm.logits(lm.hiddenStates(lm.embed(manager, row), cache)); // [1, T, V]
      float[] logits = all.toFloatArray();
      return Arrays.copyOfRange(logits, logits.length - lm.vocabularySize(), logits.length);
    }
  }

  private static GenerationRequest request(Sampling sampling) {
    return new GenerationRequest(PROMPT, sampling, null);
  }

  private static Sampling sampling(
      int samples, double temperature, double topP, int most, int seed) {
    return new Sampling(false, samples, temperature, topP, most, List.of(), seed);
  }

  private static Sequence only(Generation generation) {
    assertThat(generation.sequences()).hasSize(1);
    return generation.sequences().getFirst();
  }

  private static List<Integer> boxed(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }
}
