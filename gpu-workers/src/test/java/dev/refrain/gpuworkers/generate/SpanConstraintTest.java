package dev.refrain.gpuworkers.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.generate.Sequence.Finish;
import dev.refrain.gpuworkers.generate.SpanConstraint.Range;
import dev.refrain.gpuworkers.model.CausalLm;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.KvCache;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a tiny random model, which left alone says nothing but noise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpanConstraintTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final String FIRST = "It's 1,318 km (from Örn) there.";
  private static final String SECOND = "Born there\nin 18 42";
  private static final String PROMPT = FIRST + " - " + SECOND + "; Who? A:";
  private static final List<String> STOP = List.of("\n", "ab");
  private static final SpanConstraint SPANS = spans(PROMPT, List.of("unknown"), FIRST, SECOND);

  private LanguageModel model;
  private GenerationEngine generator;

  @BeforeAll
  void load() {
    model = LanguageModel.load(Fixture.path(Fixture.GROUPED_F32), new EngineSettings(2));
    generator = model.engine(CLOCK);
  }

  @AfterAll
  void close() {
    generator.close();
    model.close();
  }

  @Test
  void masksWhatTheNaiveFilterMasksAndSharesTheProbabilityAmongTheRest() {
    NaiveSpans naive = new NaiveSpans(List.of(FIRST, SECOND), List.of("unknown"), STOP);
    Map<Integer, byte[]> tokens = tokens();
    Set<Integer> stopTokens = Set.copyOf(model.config().eosTokenIds());

    for (Sequence sequence : generate(sampling(12, 60, 3), SPANS)) {
      StringBuilder before = new StringBuilder();
      for (int i = 0; i < sequence.tokenIds().size(); i++) {
        int token = sequence.tokenIds().get(i);
        int[] allowed = naive.allowed(before.toString(), tokens, stopTokens);
        float[] logits = fullPass(sequence.tokenIds().subList(0, i));
        assertThat(allowed).as(before.toString()).contains(token);
        double sum = Arrays.stream(allowed).mapToDouble(id -> Math.exp(logits[id])).sum();
        // Float32 sums in another order.
        assertThat((double) sequence.logProbabilities().get(i))
            .as(before.toString())
            .isCloseTo(logits[token] - Math.log(sum), within(1e-4));
        before.append(
            new String(tokens.getOrDefault(token, new byte[0]), StandardCharsets.ISO_8859_1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 8, 20, 60})
  void saysNothingButRunsOfWholeWordsAndAlternativesHoweverFewTokensItHas(int maxNewTokens) {
    NaiveSpans naive = new NaiveSpans(List.of(FIRST, SECOND), List.of("unknown"), STOP);

    List<Sequence> sequences = generate(sampling(40, maxNewTokens, maxNewTokens), SPANS);

    assertThat(sequences)
        .allSatisfy(
            sequence ->
                assertThat(naive.answers()).contains(sequence.text().replaceFirst("^ ", "")));
    assertThat(sequences.stream().map(Sequence::text).distinct()).hasSizeGreaterThan(1);
  }

  @Test
  void holdsAByteLevelTokenizerToSpansToo() {
    String first = "Örn: naïve ☕ cafés, 世界.";
    String prompt = first + "\nQ: the?\nA:";
    try (LanguageModel byteLevel =
            LanguageModel.load(Fixture.path(Fixture.TIED_F16), new EngineSettings(2));
        GenerationEngine engine = byteLevel.engine(CLOCK)) {
      Sampling sampling = new Sampling(true, 30, 1, 0.9, 40, List.of("\n"), 1);
      SpanConstraint spans = spans(prompt, List.of("unknown"), first);

      List<Sequence> sequences =
          engine
              .generate(List.of(new GenerationRequest(prompt, sampling, null, spans)))
              .getFirst()
              .sequences();

      assertThat(sequences)
          .extracting(sequence -> sequence.text().replaceFirst("^ ", ""))
          .allSatisfy(text -> assertThat(first + "unknown").contains(text))
          .allSatisfy(text -> assertThat(text).matches("(?s)(\\S.*)?\\S").doesNotEndWith("caf"));
    }
  }

  @Test
  void aRequestIsTheSameToTheBitWhateverIsInTheBatchBesideIt() {
    GenerationRequest held = new GenerationRequest(PROMPT, sampling(6, 20, 5), null, SPANS);
    GenerationRequest free = new GenerationRequest(PROMPT, sampling(6, 20, 5), null);
    GenerationRequest other =
        new GenerationRequest(
            "x" + PROMPT, sampling(3, 9, 5), null, spans("x" + PROMPT, List.of(), SECOND));

    List<Generation> together = generator.generate(List.of(other, held, free));

    assertThat(generator.generate(List.of(held)).getFirst()).isEqualTo(together.get(1));
    assertThat(together.get(1)).isNotEqualTo(together.get(2));
    assertThat(generate(sampling(6, 20, 6), SPANS)).isNotEqualTo(together.get(1).sequences());
  }

  @Test
  void saysNothingWhereNothingIsAllowed() {
    Sequence nothing = new Sequence("", List.of(), List.of(), 0, true, Finish.STOP);
    Sampling greedy = Sampling.greedy(9, STOP);

    assertThat(generate(greedy, new SpanConstraint(List.of(), List.of()))).containsExactly(nothing);
    assertThat(generate(greedy, new SpanConstraint(List.of(new Range(3, 3)), List.of())))
        .containsExactly(nothing);
    assertThat(generate(Sampling.greedy(1, STOP), spans(PROMPT, List.of("unknown"))))
        .as("a word of several tokens where there is room for one")
        .containsExactly(nothing);
  }

  @Test
  void saysAnAlternativeWholeOrNotAtAll() {
    SpanConstraint spans = new SpanConstraint(List.of(), List.of("I do not know.", "unknown"));

    assertThat(generate(sampling(20, 30, 2), spans))
        .extracting(sequence -> sequence.text().strip())
        .containsOnly("I do not know.", "unknown");
  }

  @Test
  void endsAfterTheFirstPartOfALongerStopString() {
    SpanConstraint spans = spans(PROMPT, List.of(), "Who");
    Sampling sampling = new Sampling(false, 20, 1, 1, 30, List.of("??!"), 4);
    List<Sequence> sequences;
    try (GenerationEngine neverStopping =
        new GenerationEngine(
            model.model(), model.tokenizer(), Set.of(), new EngineSettings(2), CLOCK)) {
      sequences =
          neverStopping
              .generate(List.of(new GenerationRequest(PROMPT, sampling, null, spans)))
              .getFirst()
              .sequences();
    }

    assertThat(sequences)
        .allSatisfy(sequence -> assertThat(sequence.text().strip()).isEqualTo("Who"))
        .allSatisfy(sequence -> assertThat(sequence.finish()).isEqualTo(Finish.STOP));
  }

  @Test
  void saysAnAlternativeOnlyWhereItsPenaltyLeavesItLikely() {
    SpanConstraint fair = spans(PROMPT, List.of("Qu"), PROMPT);
    SpanConstraint penalised = new SpanConstraint(fair.sources(), fair.alternatives(), 1_000);
    SpanConstraint alone = new SpanConstraint(List.of(), fair.alternatives(), 1_000);
    Sampling sampling = new Sampling(false, 64, 50, 1, 20, STOP, 5);

    assertThat(generate(sampling, fair)).extracting(s -> s.text().strip()).contains("Qu");
    assertThat(generate(sampling, penalised))
        .extracting(s -> s.text().strip())
        .doesNotContain("Qu");
    assertThat(generate(sampling, alone)).extracting(s -> s.text().strip()).containsOnly("Qu");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SpanConstraint(List.of(), List.of("none"), -1))
        .withMessage("penalty is -1.0, must be a number, 0 or more");
  }

  @Test
  void takesThePenaltyFromTheLogitsBeforeTheyAreNormalised() {
    NextToken next = new NextToken(new float[] {0, (float) Math.log(6), 9});
    BitSet less = new BitSet();
    less.set(1);

    NextToken weighed = next.among(new int[] {0, 1}, less, Math.log(2));

    assertThat(Math.exp(weighed.logProbability(1))).isCloseTo(0.75, within(1e-6));
    assertThat(weighed.logProbability(2)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void refusesASourceOutsideThePrompt() {
    SpanConstraint spans = new SpanConstraint(List.of(new Range(2, 9)), List.of());
    GenerationRequest request =
        new GenerationRequest("too short", Sampling.greedy(1, STOP), null, spans);

    generator.check(request);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> generator.check(new GenerationRequest("short", request.sampling(), null, spans)))
        .withMessage("the span source is [2, 9), must end within the prompt's 5 characters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Range(4, 3))
        .withMessageContaining("[4, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SpanConstraint(List.of(), List.of("")))
        .withMessageContaining("none empty");
  }

  private List<Sequence> generate(Sampling sampling, SpanConstraint spans) {
    return generator
        .generate(List.of(new GenerationRequest(PROMPT, sampling, null, spans)))
        .getFirst()
        .sequences();
  }

  /** Logits after the prompt and these tokens, from one pass over all of them. */
  private float[] fullPass(List<Integer> tokens) {
    List<Integer> ids = new ArrayList<>();
    Arrays.stream(model.tokenizer().encode(PROMPT)).forEach(ids::add);
    ids.addAll(tokens);
    CausalLm lm = model.model();
    int[][] row = {ids.stream().mapToInt(Integer::intValue).toArray()};
    try (NDManager manager = lm.newManager();
        KvCache cache = lm.newCache(1, ids.size())) {
      return lm.lastLogits(lm.hiddenStates(lm.embed(manager, row), cache)).toFloatArray();
    }
  }

  /** What the tokens of the fixture's tokenizer.json write, read from its plain entries. */
  private static Map<Integer, byte[]> tokens() {
    Map<Integer, byte[]> tokens = new TreeMap<>();
    JsonNode vocabulary = Fixture.json(Fixture.GROUPED_F32 + "/tokenizer.json").at("/model/vocab");
    for (int id = 3; id < 259; id++) {
      tokens.put(id, new byte[] {(byte) (id - 3)});
    }
    vocabulary
        .properties()
        .forEach(
            token -> {
              if (token.getValue().asInt() >= 259) {
                String text = token.getKey().replace('▁', ' ');
                tokens.put(token.getValue().asInt(), text.getBytes(StandardCharsets.UTF_8));
              }
            });
    return tokens;
  }

  private static SpanConstraint spans(String prompt, List<String> alternatives, String... sources) {
    List<Range> ranges = new ArrayList<>();
    for (String source : sources) {
      int start = prompt.indexOf(source);
      ranges.add(new Range(start, start + source.length()));
    }
    return new SpanConstraint(ranges, alternatives);
  }

  private static Sampling sampling(int samples, int most, int seed) {
    return new Sampling(true, samples, 1, 1, most, STOP, seed);
  }
}
