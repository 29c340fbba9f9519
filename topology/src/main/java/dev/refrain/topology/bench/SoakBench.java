package dev.refrain.topology.bench;

import dev.refrain.connectors.prompt.PromptCard;
import dev.refrain.connectors.prompt.PromptedLm;
import dev.refrain.connectors.prompt.SoftPrompt;
import dev.refrain.gpuworkers.generate.EngineCounters;
import dev.refrain.gpuworkers.generate.GenerationEngine;
import dev.refrain.gpuworkers.generate.GenerationRequest;
import dev.refrain.gpuworkers.generate.LanguageModel;
import dev.refrain.gpuworkers.generate.Sampling;
import dev.refrain.gpuworkers.model.EngineSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engine under more requests than it can run at once, for as long as is wanted, and its memory
 * meanwhile. Resident memory of one process rises and falls with what the allocator keeps: what
 * counts is whether the last quarter has more than the first.
 *
 * @param settings of the engine
 * @param length how long, above 0
 * @param seed decides the requests
 */
public record SoakBench(EngineSettings settings, Duration length, long seed) {
  /** Looks at the memory: a quarter of an hour's soak has sixty. */
  private static final int LOOKS = 240;

  private static final Duration SHORTEST_BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final int SOFT_PROMPT = 16;

  public SoakBench {
    if (!length.isPositive()) {
      throw new IllegalArgumentException("length is %s, must be above 0".formatted(length));
    }
  }

  /**
   * What is told after each look at the memory.
   *
   * @param sample what was seen
   * @param requests what has become of the requests so far
   * @param tokens prompts' and new ones so far
   */
  public record Moment(SoakResult.Sample sample, SoakResult.Requests requests, long tokens) {}

  /**
   * Soaks the model of a folder. An interrupt ends it early with what there is.
   *
   * @throws IllegalStateException if a request fails, or is refused that had to fit
   */
  public SoakResult run(Path folder, Consumer<Moment> progress) {
    try (LanguageModel model = LanguageModel.load(folder, settings);
        PromptedLm prompted = new PromptedLm(model.model(), softPrompt(model));
        GenerationEngine engine = model.engine(InstantSource.system())) {
      return new Soak(model, prompted, engine).run(progress);
    }
  }

  private SoftPrompt softPrompt(LanguageModel model) {
    int width = model.config().hiddenSize();
    float[] vectors = new float[SOFT_PROMPT * width];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = (float) random.nextDouble(-1, 1) / SOFT_PROMPT;
    }
    return new SoftPrompt(
        width, vectors, new PromptCard(model.digest(), "", "nothing: random", 0, 0, seed, 0));
  }

  /** One run. */
  private final class Soak {
    private final LanguageModel model;
    private final GenerationEngine engine;
    private final SoakLoad load;
    private final List<SoakResult.Sample> samples = new ArrayList<>();

    Soak(LanguageModel model, PromptedLm prompted, GenerationEngine engine) {
      this.model = model;
      this.engine = engine;
      this.load =
          new SoakLoad(
              new SoakMix(seed, prompted.contextLength(), settings.maxSequences()),
              engine,
              engine.behind(prompted),
              2 * settings.maxSequences());
    }

    SoakResult run(Consumer<Moment> progress) {
      int idle = idleArrays();
      EngineCounters before = engine.counters();
      long start = System.nanoTime();
      try {
        load(start, progress);
      } catch (InterruptedException e) {
        // What there is, is the result.
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      EngineCounters after = engine.counters();
      SoakResult.Requests requests = load.requests();
      load.abandon();
      return new SoakResult(
          seconds,
          samples,
          requests,
          after.promptTokens() - before.promptTokens(),
          after.newTokens() - before.newTokens(),
          idle,
          idleArrays());
    }

    private void load(long start, Consumer<Moment> progress) throws InterruptedException {
      long every = Math.max(length.dividedBy(LOOKS).toNanos(), SHORTEST_BETWEEN_LOOKS.toNanos());
      long next = every;
      long elapsed = 0;
      while (elapsed < length.toNanos()) {
        load.submit(next - elapsed);
        elapsed = System.nanoTime() - start;
        if (elapsed >= next) {
          SoakResult.Sample sample = look(elapsed / 1e9);
          samples.add(sample);
          EngineCounters counters = engine.counters();
          progress.accept(
              new Moment(sample, load.requests(), counters.promptTokens() + counters.newTokens()));
          elapsed = System.nanoTime() - start;
          next = elapsed + every;
        }
      }
    }

    private SoakResult.Sample look(double seconds) {
      EngineCounters counters = engine.counters();
      System.gc();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      return new SoakResult.Sample(
          seconds, resident(), heap, model.arrays(), counters.kvBytes(), counters.waiting());
    }

    private static @Nullable Long resident() {
      OptionalLong bytes = ResidentMemory.now(ProcessHandle.current().pid());
      return bytes.isPresent() ? bytes.getAsLong() : null;
    }

    /** Once a request has come and gone, everything that was abandoned before is gone, too. */
    private int idleArrays() {
      engine.generate(List.of(new GenerationRequest("a", Sampling.greedy(1, List.of()), null)));
      return model.arrays();
    }
  }
}
