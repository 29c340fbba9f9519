package dev.refrain.gpuworkers.generate;

import dev.refrain.gpuworkers.model.CausalLm;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Continuous batching (Yu et al., Orca, OSDI 2022) on any causal language model: one thread of its
 * own steps the model, and requests join and leave between steps. A prompt is read once, in pieces
 * beside the sequences that are being decoded, and forked to its samples, which have its keys and
 * values in common. A request waits until what it may need of memory is free, so that none is ever
 * missing.
 *
 * <p>A request's tokens and log-probabilities depend on nothing but the request, as far as the
 * model's {@link dev.refrain.gpuworkers.model.Batching} goes; when it ends by its deadline, how
 * many of them there are does depend on time.
 *
 * <p>Futures complete on the engine's thread: what is attached to them holds it up unless it is
 * short or asynchronous. Safe for use by many threads.
 */
public final class GenerationEngine implements Generator, AutoCloseable {
  private final Requests requests;
  private final StepLoop loop;
  private final Thread thread;

  /**
   * An engine, which runs until it is closed.
   *
   * @param model not closed here, and used by nothing else while requests run
   * @param stopTokens tokens that end a sequence
   * @param settings how much may be in memory and in a step
   * @param clock what deadlines are compared with
   */
  public GenerationEngine(
      CausalLm model,
      Tokenizer tokenizer,
      Set<Integer> stopTokens,
      EngineSettings settings,
      InstantSource clock) {
    this.requests = new Requests(model, tokenizer, stopTokens, settings);
    this.loop = new StepLoop(model, settings, clock);
    this.thread = Thread.ofPlatform().name("generation-engine").daemon().start(loop);
  }

  /**
   * The same engine for a model that is attached to its own; its requests share steps with all
   * others.
   *
   * @param attached whose caches the engine's model can step; not closed here
   */
  public Generator behind(CausalLm attached) {
    Requests behind = requests.behind(attached);
    return new Generator() {
      @Override
      public CompletableFuture<Generation> submit(GenerationRequest request) {
        return GenerationEngine.this.submit(behind, request);
      }

      @Override
      public void check(GenerationRequest request) {
        behind.checked(request);
      }
    };
  }

  @Override
  public CompletableFuture<Generation> submit(GenerationRequest request) {
    return submit(requests, request);
  }

  private CompletableFuture<Generation> submit(Requests reader, GenerationRequest request) {
    try {
      Decoding decoding = reader.decoding(request);
      loop.add(decoding);
      return decoding.generation();
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void check(GenerationRequest request) {
    requests.checked(request);
  }

  /** What the engine has done and holds, as of its last step. */
  public EngineCounters counters() {
    return loop.counters();
  }

  /** Fails the requests that wait or run and waits for the step to end. Harmless when repeated. */
  @Override
  public void close() {
    loop.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
