package dev.refrain.gpuworkers.openai;

import static dev.refrain.gpuworkers.openai.FakeEngine.Fault.cutOff;
import static dev.refrain.gpuworkers.openai.FakeEngine.Fault.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.refrain.gpuworkers.generate.Generation;
import dev.refrain.gpuworkers.generate.GenerationRequest;
import dev.refrain.gpuworkers.generate.Sampling;
import dev.refrain.gpuworkers.generate.Sequence;
import dev.refrain.gpuworkers.generate.SpanConstraint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OpenAiGeneratorTest {
  private static final Sampling GREEDY = Sampling.greedy(16, List.of());

  private FakeEngine engine;
  private OpenAiGenerator generator;

  @BeforeEach
  void start() throws Exception {
    engine = FakeEngine.start();
    generator = connect(3);
  }

  @AfterEach
  void stop() {
    generator.close();
    engine.close();
  }

  @Test
  void asksForTheGreedySequenceAndForTheSamplesWithTheSeedOfTheRequest() {
    generate(new Sampling(true, 3, 0.7, 0.9, 16, List.of("\n", "Q:"), (5L << 31) + 7));

    JsonNode greedy = call(0.0);
    JsonNode samples = call(0.7);
    assertThat(greedy.path("n").asInt()).isEqualTo(1);
    assertThat(greedy.has("seed")).isFalse();
    assertThat(samples.path("n").asInt()).isEqualTo(3);
    assertThat(samples.path("seed").asLong()).isEqualTo(7);
    assertThat(samples.path("top_p").asDouble()).isEqualTo(0.9);
    for (JsonNode call : List.of(greedy, samples)) {
      assertThat(call.path("model").asText()).isEqualTo("llama");
      assertThat(call.path("prompt").asText()).isEqualTo("The capital of France is");
      assertThat(call.path("max_tokens").asInt()).isEqualTo(16);
      assertThat(call.path("logprobs").asInt()).isEqualTo(5);
      assertThat(call.path("stop").toString()).isEqualTo("[\"\\n\",\"Q:\"]");
    }
    assertThat(engine.authorizations()).containsOnly("Bearer key");
  }

  @Test
  void asksForEachSampleAloneWhereTheEngineIsUnknown() throws Exception {
    generator.close();
    engine.ownedBy("somebody");
    generator = connect(3);
    Generation generation = generate(new Sampling(false, 3, 0.7, 1, 16, List.of(), 7));

    assertThat(generation.sequences()).hasSize(3);
    assertThat(engine.calls())
        .extracting(call -> call.path("seed").asInt())
        .containsExactlyInAnyOrder(7, 8, 9);
    assertThat(engine.calls())
        .noneMatch(call -> call.has("return_tokens_as_token_ids") || call.has("top_k"));
  }

  /**
   * What vllm/sampling_params.py and llama_cpp/server/types.py call them, and what turns them off.
   */
  @ParameterizedTest
  @CsvSource({
    "vllm, -1, repetition_penalty",
    "sglang, -1, repetition_penalty",
    "llamacpp, 0, repeat_penalty",
    "me, 0, repeat_penalty"
  })
  void turnsOffWhatEnginesDoToProbabilitiesUnasked(String owner, int everyToken, String penalty)
      throws Exception {
    generator.close();
    engine.ownedBy(owner);
    generator = connect(3);
    generate(new Sampling(true, 1, 0.7, 1, 16, List.of(), 7));

    assertThat(engine.calls())
        .hasSize(2)
        .allSatisfy(
            call -> {
              assertThat(call.path("top_k")).isEqualTo(IntNode.valueOf(everyToken));
              assertThat(call.path("min_p")).isEqualTo(IntNode.valueOf(0));
              assertThat(call.path(penalty)).isEqualTo(IntNode.valueOf(1));
            });
  }

  @Test
  void readsSequencesWithTheGreedyOneFirst() {
    Generation generation = generate(new Sampling(true, 2, 0.7, 1, 16, List.of(), 7));

    assertThat(generation.promptTokens()).isEqualTo(5);
    assertThat(generation.sequences())
        .extracting(Sequence::text)
        .containsExactly(" Paris 0", " Paris 0", " Paris 1");
    assertThat(generation.sequences())
        .extracting(Sequence::greedy)
        .containsExactly(true, false, false);
    Sequence first = generation.sequences().getFirst();
    assertThat(first.tokenIds()).containsExactly(7, 9);
    assertThat(first.logProbabilities()).containsExactly(-0.5f, -0.25f);
    assertThat(first.finish()).isEqualTo(Sequence.Finish.STOP);
    double one = Math.exp(-0.5);
    double other = Math.exp(-1.5);
    double rest = 1 - one - other;
    assertThat((double) first.firstTokenEntropy())
        .isCloseTo(one * 0.5 + other * 1.5 - rest * Math.log(rest), within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void asksAgainWhereItIsTurnedAwayHoweverOften(int status) {
    engine.fail(busy(status), busy(status), busy(status), busy(status));

    assertThat(generate(GREEDY).sequences()).hasSize(1);
    assertThat(engine.calls()).hasSize(5);
  }

  @Test
  void waitsAsLongAsItIsAskedTo() {
    engine.fail(status(503, "{}", "1"));
    long start = System.nanoTime();
    generate(GREEDY);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void doesNotWaitBeyondTheDeadline() {
    engine.fail(status(429, "{\"error\":{\"message\":\"too many\"}}", "60"));
    long start = System.nanoTime();

    assertThat(submit(GREEDY, Duration.ofSeconds(20)))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withMessageContaining("answered 429: too many");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void asksAgainAfterAFailure() {
    engine.fail(status(500, "oops"), cutOff(), status(200, "{\"choices\": [{]}"));

    assertThat(generate(GREEDY).sequences()).hasSize(1);
    assertThat(engine.calls()).hasSize(4);
  }

  @Test
  void givesUpAfterSoManyFailures() {
    engine.fail(
        IntStream.range(0, 4).mapToObj(_ -> status(500, "oops")).toArray(FakeEngine.Fault[]::new));

    assertThat(submit(GREEDY, Duration.ofMinutes(1)))
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withCauseInstanceOf(EngineException.class)
        .withMessageContaining("answered 500: oops");
    assertThat(engine.calls()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "400, change the request or the engine's limits",
    "401, set the engine's apiKey",
    "404, check the engine's url and model",
    "422, change the request or the engine's limits",
  })
  void isRefusedOnceWithTheEnginesReasonAndARemedy(int status, String remedy) {
    engine.fail(status(status, "{\"error\":{\"message\":\"at most 8 tokens\"}}"));

    assertThat(submit(GREEDY, Duration.ofMinutes(1)))
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withCauseInstanceOf(IllegalArgumentException.class)
        .withMessageContaining("answered %d: at most 8 tokens", status)
        .withMessageContaining(remedy);
    assertThat(engine.calls()).hasSize(1);
  }

  @Test
  void endsAtTheDeadlineAndSaysWhatWentWrong() {
    engine.fail(IntStream.range(0, 99).mapToObj(_ -> busy(503)).toArray(FakeEngine.Fault[]::new));

    assertThat(submit(GREEDY, Duration.ofMillis(500)))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withMessageContaining("no answer before the deadline")
        .withMessageContaining("answered 503");
  }

  @Test
  void leavesAnEngineAloneThatFailsAgainAndAgain() {
    engine.fail(IntStream.range(0, 99).mapToObj(_ -> busy(503)).toArray(FakeEngine.Fault[]::new));
    List<CompletableFuture<Generation>> all =
        IntStream.range(0, 20).mapToObj(_ -> submit(GREEDY, Duration.ofSeconds(3))).toList();

    assertThat(all).allSatisfy(one -> assertThat(one).failsWithin(Duration.ofSeconds(20)));
    assertThat(engine.calls()).hasSizeLessThan(5 + 3);
  }

  @Test
  void makesNoMoreCallsAtOnceThanAllowed() {
    engine.slow(Duration.ofMillis(50));
    IntStream.range(0, 12)
        .mapToObj(_ -> submit(GREEDY, Duration.ofSeconds(30)))
        .toList()
        .forEach(CompletableFuture::join);

    assertThat(engine.mostAtOnce()).isEqualTo(3);
  }

  @Test
  void endsTheCallsOfAGenerationThatIsCancelled() throws InterruptedException {
    engine.slow(Duration.ofMillis(300)).fail(busy(503), busy(503));
    CompletableFuture<Generation> generation = submit(GREEDY, Duration.ofSeconds(30));
    while (engine.calls().isEmpty()) {
      Thread.sleep(5);
    }
    generation.cancel(true);
    Thread.sleep(1000);

    assertThat(engine.calls()).hasSize(1);
  }

  @Test
  void refusesSpansAndNamesARemedy() {
    SpanConstraint spans =
        new SpanConstraint(List.of(new SpanConstraint.Range(0, 3)), List.of(), 0.0);
    GenerationRequest request = new GenerationRequest("prompt", GREEDY, null, spans);

    assertThatThrownBy(() -> generator.check(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("let answers be free");
    assertThat(generator.submit(request))
        .failsWithin(Duration.ofSeconds(1))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThat(engine.calls()).isEmpty();
  }

  @Test
  void namesTheModelsThatAnEngineServesInThePlaceOfTheOneWanted() {
    assertThatThrownBy(() -> OpenAiGenerator.connect(settings("qwen", 3), InstantSource.system()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("serves [llama], not 'qwen'");
  }

  @Test
  void saysThatAnEngineIsAway() {
    engine.close();

    assertThatThrownBy(() -> connect(3))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("/v1/models cannot be reached");
  }

  private Generation generate(Sampling sampling) {
    return submit(sampling, Duration.ofSeconds(30)).join();
  }

  private CompletableFuture<Generation> submit(Sampling sampling, Duration time) {
    return generator.submit(
        new GenerationRequest("The capital of France is", sampling, Instant.now().plus(time)));
  }

  private JsonNode call(double temperature) {
    return engine.calls().stream()
        .filter(call -> call.path("temperature").asDouble() == temperature)
        .findFirst()
        .orElseThrow();
  }

  private OpenAiGenerator connect(int maxCalls) throws InterruptedException {
    return OpenAiGenerator.connect(settings("llama", maxCalls), InstantSource.system());
  }

  private OpenAiSettings settings(String model, int maxCalls) {
    return new OpenAiSettings(
        engine.url(),
        model,
        "key",
        maxCalls,
        Duration.ofSeconds(10),
        3,
        Duration.ofMillis(20),
        5,
        5);
  }

  private static FakeEngine.Fault busy(int status) {
    return status(status, "{\"message\":\"busy\"}");
  }
}
