package dev.refrain.gpuworkers.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.generate.Sequence.Finish;
import dev.refrain.gpuworkers.model.Batching;
import dev.refrain.gpuworkers.model.CausalLm;
import dev.refrain.gpuworkers.model.EngineSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that join and leave, on a tiny random model. */
class ContinuousBatchingTest {
  private static final int CHUNK = 4;
  private static final long ENOUGH = 1 << 30;

  private LanguageModel model;

  /** What happens when the engine looks at its clock, which it does between steps. */
  private final Map<Integer, Runnable> atTick = new HashMap<>();

  private final AtomicInteger ticks = new AtomicInteger();
  private Runnable eachTick = () -> {};
  private final InstantSource clock =
      () -> {
        int tick = ticks.incrementAndGet();
        atTick.getOrDefault(tick, () -> {}).run();
        eachTick.run();
        return Instant.EPOCH.plusMillis(tick);
      };

  @BeforeEach
  void load() {
    model = load(Batching.EXACT);
  }

  private static LanguageModel load(Batching batching) {
    return LanguageModel.load(
        Fixture.path(Fixture.GROUPED_F32), new EngineSettings(2, batching, ENOUGH, CHUNK, 64));
  }

  @AfterEach
  void close() {
    model.close();
  }

  /** To the bit where batching is exact; else as float32 sums in another order come out. */
  @ParameterizedTest
  @EnumSource(Batching.class)
  void aRequestGivesTheSameHoweverOthersJoinAndLeave(Batching batching) {
    List<GenerationRequest> requests = ragged();
    try (LanguageModel batched = load(batching);
        GenerationEngine engine = engine(batched, batched.model(), settings(ENOUGH, 64))) {
      List<List<Sequence>> alone = new ArrayList<>();
      for (GenerationRequest request : requests) {
        alone.add(engine.submit(request).join().sequences());
      }

      for (int pace = 1; pace <= 3; pace++) {
        List<CompletableFuture<Generation>> together = new ArrayList<>();
        CompletableFuture<Generation> last = new CompletableFuture<>();
        for (int i = 1; i < requests.size(); i++) {
          GenerationRequest request = requests.get(i);
          boolean end = i == requests.size() - 1;
          atTick.put(
              ticks.get() + 1 + i * pace * 2,
              () -> {
                together.add(engine.submit(request));
                if (end) {
                  var unused = last.complete(null);
                }
              });
        }
        together.addFirst(engine.submit(requests.getFirst()));
        last.join();
        for (int i = 0; i < requests.size(); i++) {
          List<Sequence> sequences = together.get(i).join().sequences();
          if (batching == Batching.EXACT) {
            assertThat(sequences).as("request %d at pace %d", i, pace).isEqualTo(alone.get(i));
          } else {
            assertClose(sequences, alone.get(i));
          }
        }
      }
    }
  }

  private static void assertClose(List<Sequence> sequences, List<Sequence> expected) {
    for (int i = 0; i < expected.size(); i++) {
      Sequence sequence = sequences.get(i);
      assertThat(sequence.tokenIds()).isEqualTo(expected.get(i).tokenIds());
      for (int at = 0; at < sequence.tokenIds().size(); at++) {
        assertThat(sequence.logProbabilities().get(at))
            .isCloseTo(expected.get(i).logProbabilities().get(at), within(1e-5f));
      }
    }
  }

  @Test
  void readsAPromptOnceForAllItsSamples() {
    GenerationRequest request = request("the song again and again", 16, 5);
    try (GenerationEngine engine = engine(settings(ENOUGH, 64))) {
      Generation generation = engine.submit(request).join();
      engine.submit(request("x", 1, 1)).join();

      assertThat(generation.sequences()).hasSize(16);
      assertThat(engine.counters().promptTokens())
          .isEqualTo(generation.promptTokens() + model.tokenizer().count("x"));
    }
  }

  @Test
  void aLongPromptIsReadInPiecesBesideWhatIsDecoded() {
    GenerationRequest quick = request("quick", 1, 12);
    GenerationRequest slow = request("a long story ".repeat(9), 1, 2);
    int quickPrompt = model.tokenizer().count("quick");
    int slowPrompt = model.tokenizer().count(slow.prompt());
    AtomicLong tokensRead = new AtomicLong();
    AtomicLong steps = new AtomicLong();
    try (GenerationEngine engine = engine(settings(ENOUGH, 64))) {
      List<CompletableFuture<Generation>> both = new ArrayList<>();
      atTick.put(
          1,
          () -> {
            both.add(
                engine.submit(quick).whenComplete((_, _) -> steps.set(engine.counters().steps())));
            both.add(engine.submit(slow));
            var unused =
                both.getFirst()
                    .whenComplete((_, _) -> tokensRead.set(engine.counters().promptTokens()));
          });
      engine.submit(request("wake up", 1, 1)).join();
      both.forEach(CompletableFuture::join);

      assertThat(slowPrompt).isGreaterThan(20 * CHUNK);
      int own = Math.ceilDiv(quickPrompt, CHUNK) + 11;
      int wakeUp = Math.ceilDiv(model.tokenizer().count("wake up"), CHUNK);
      assertThat(steps.get()).as("steps to the end of the quick one").isEqualTo(own + wakeUp);
      assertThat(tokensRead.get()).isLessThan(slowPrompt).isGreaterThan(5 * CHUNK);
    }
  }

  @Test
  void requestsWaitUntilTheirMemoryIsFree() {
    int promptTokens = model.tokenizer().count("budget");
    long one = Decoding.bytes(model.model(), promptTokens, 3, 8);
    AtomicLong mostBytes = new AtomicLong();
    AtomicInteger mostRunning = new AtomicInteger();
    AtomicInteger mostWaiting = new AtomicInteger();
    Supplier<Long> bytes = kvBytes();
    try (GenerationEngine engine = engine(settings(2 * one + one / 2, 64))) {
      eachTick =
          () -> {
            mostBytes.accumulateAndGet(bytes.get(), Math::max);
            mostRunning.accumulateAndGet(engine.counters().running(), Math::max);
            mostWaiting.accumulateAndGet(engine.counters().waiting(), Math::max);
          };
      List<GenerationRequest> requests =
          IntStream.range(0, 7).mapToObj(i -> request("budget", 3, 8)).toList();

      assertThat(engine.generate(requests)).hasSize(7);

      assertThat(mostRunning).hasValue(2);
      assertThat(mostWaiting.get()).isBetween(1, 5);
      assertThat(mostBytes).as("bytes of arrays").hasValue(2 * one);
    }
  }

  @Test
  void noMoreSequencesAreInMemoryThanAreAllowed() {
    AtomicInteger mostRunning = new AtomicInteger();
    try (GenerationEngine engine = engine(settings(ENOUGH, 7))) {
      eachTick = () -> mostRunning.accumulateAndGet(engine.counters().running(), Math::max);
      List<GenerationRequest> requests =
          IntStream.range(0, 5).mapToObj(i -> request("few", 3, 4)).toList();

      assertThat(engine.generate(requests)).hasSize(5);
      assertThat(mostRunning).hasValue(2);
    }
  }

  @Test
  void refusesWhatCanNeverFitWithTheNumbers() {
    int promptTokens = model.tokenizer().count("budget");
    long one = Decoding.bytes(model.model(), promptTokens, 3, 8);
    try (GenerationEngine engine = engine(settings(one - 1, 4))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> engine.check(request("budget", 3, 8)))
          .withMessageContaining("prompt of %d tokens and 3 sequences of 8 new", promptTokens)
          .withMessageContaining("need %.1f MiB", one / 1048576.0)
          .withMessageContaining("may have %.1f MiB (kvMemory)", (one - 1) / 1048576.0);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> engine.check(request("budget", 5, 1)))
          .withMessageContaining("5 sequences")
          .withMessageContaining("the 4 that");
      assertThatThrownBy(engine.submit(request("budget", 3, 8))::join)
          .hasCauseInstanceOf(IllegalArgumentException.class);
      engine.check(request("budget", 3, 7));
    }
  }

  @Test
  void aCancelledRequestAndOneAtItsDeadlineFreeTheirMemory() {
    Supplier<Long> bytes = kvBytes();
    try (GenerationEngine engine = engine(settings(ENOUGH, 64))) {
      CompletableFuture<Generation> cancelled = engine.submit(request("cancel me", 4, 90));
      CompletableFuture<Generation> expired =
          engine.submit(
              new GenerationRequest(
                  "hurry", Sampling.greedy(90, List.of()), Instant.EPOCH.plusMillis(60)));
      atTick.put(50, () -> cancelled.cancel(true));

      assertThat(expired.join().sequences())
          .extracting(Sequence::finish)
          .containsExactly(Finish.DEADLINE);
      assertThatThrownBy(cancelled::join).isInstanceOf(CancellationException.class);
      engine.submit(request("after", 1, 1)).join();

      assertThat(engine.counters().newTokens()).isLessThan(90);
      assertThat(bytes.get()).isZero();
    }
  }

  @Test
  void aFailureOfTheModelFailsWhatRunsAndTheEngineGoesOn() {
    AtomicBoolean broken = new AtomicBoolean();
    CausalLm breaking =
        (CausalLm)
            Proxy.newProxyInstance(
                CausalLm.class.getClassLoader(),
                new Class<?>[] {CausalLm.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("step") && broken.getAndSet(false)) {
                    throw new IllegalStateException("out of something");
                  }
                  try {
                    return method.invoke(model.model(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    Supplier<Long> bytes = kvBytes();
    try (GenerationEngine engine = engine(model, breaking, settings(ENOUGH, 64))) {
      atTick.put(20, () -> broken.set(true));
      CompletableFuture<Generation> first = engine.submit(request("first", 2, 60));
      CompletableFuture<Generation> second = engine.submit(request("second", 1, 60));

      assertThatThrownBy(first::join)
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("the model failed in a step of 2 requests: out of something");
      assertThatThrownBy(second::join).hasMessageContaining("out of something");
      assertThat(bytes.get()).isZero();
      assertThat(engine.submit(request("third", 1, 5)).join().sequences()).hasSize(1);
    }
  }

  @Test
  void closingFailsWhatRunsAndRefusesWhatComes() {
    GenerationEngine engine = engine(settings(ENOUGH, 64));
    CompletableFuture<Generation> running = engine.submit(request("too late", 1, 100));
    atTick.put(ticks.get() + 6, () -> Thread.startVirtualThread(engine::close));
    assertThatThrownBy(running::join).hasMessageContaining("closed before the request ended");
    engine.close();

    assertThatThrownBy(engine.submit(request("later", 1, 1))::join)
        .hasMessageContaining("the engine is closed");
    assertThat(kvBytes().get()).isZero();
  }

  /** Bytes of the arrays that the model has and did not have when this was called. */
  private Supplier<Long> kvBytes() {
    long before = nativeBytes();
    return () -> nativeBytes() - before;
  }

  private long nativeBytes() {
    try (NDManager manager = model.model().newManager()) {
      return manager.getParentManager().getManagedArrays().stream()
          .mapToLong(ContinuousBatchingTest::bytes)
          .sum();
    }
  }

  private static long bytes(NDArray array) {
    return array.size() * array.getDataType().getNumOfBytes();
  }

  private GenerationEngine engine(EngineSettings settings) {
    return engine(model, model.model(), settings);
  }

  private GenerationEngine engine(LanguageModel of, CausalLm lm, EngineSettings settings) {
    return new GenerationEngine(lm, of.tokenizer(), Set.of(), settings, clock);
  }

  private static EngineSettings settings(long kvMemory, int maxSequences) {
    return new EngineSettings(2, Batching.EXACT, kvMemory, CHUNK, maxSequences);
  }

  private static List<GenerationRequest> ragged() {
    return List.of(
        request("one", 1, 30),
        new GenerationRequest(
            "the passage ".repeat(5), new Sampling(true, 6, 1.2, 0.9, 9, List.of("x"), 4), null),
        request("", 2, 20),
        request("a somewhat longer prompt than that", 1, 3),
        request("another", 5, 14),
        request("more of the same ".repeat(4), 1, 12),
        new GenerationRequest("greedy", Sampling.greedy(25, List.of("q")), null));
  }

  private static GenerationRequest request(String prompt, int samples, int maxNewTokens) {
    return new GenerationRequest(
        prompt, new Sampling(false, samples, 1, 1, maxNewTokens, List.of(), 7), null);
  }
}
