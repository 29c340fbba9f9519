package dev.refrain.gpuworkers.generate;

import dev.refrain.gpuworkers.model.CausalLm;
import dev.refrain.gpuworkers.model.UnusableModelException;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Generates with any causal language model. A prompt is run once and forked to its sequences, which
 * are then stepped together; the requests of a call are run one after another.
 *
 * <p>Rows of different requests never share a matrix product. The engine's products may round
 * differently for another number of rows, so a shared one would let a neighbour change a request's
 * last bits, and then its tokens. As it is, every shape follows from the request alone.
 */
public final class GenerationEngine implements Generator, AutoCloseable {
  private final CausalLm model;
  private final Tokenizer tokenizer;
  private final Set<Integer> stopTokens;
  private final InstantSource clock;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  /**
   * A generator.
   *
   * @param stopTokens tokens that end a sequence
   * @param clock what deadlines are compared with
   */
  GenerationEngine(
      CausalLm model, Tokenizer tokenizer, Set<Integer> stopTokens, InstantSource clock) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.stopTokens = Set.copyOf(stopTokens);
    this.clock = clock;
  }

  /**
   * The same engine for a model that is attached to its own: one that has caches of that model.
   *
   * @param attached not closed here
   */
  public Generator behind(CausalLm attached) {
    return new GenerationEngine(attached, tokenizer, stopTokens, clock);
  }

  @Override
  public CompletableFuture<Generation> submit(GenerationRequest request) {
    return CompletableFuture.supplyAsync(() -> generate(request), thread);
  }

  /** Ends what runs and waits for it. */
  @Override
  public void close() {
    thread.close();
  }

  @Override
  public void check(GenerationRequest request) {
    checked(request);
  }

  private Generation generate(GenerationRequest request) {
    Instant start = clock.instant();
    int[] prompt = checked(request);
    List<Continuation> sequences = continuations(request, prompt);
    if (!expired(request.deadline())) {
      Decoding decoding = new Decoding(model, prompt, sequences, request.sampling().maxNewTokens());
      try (decoding) {
        while (decoding.step() && !expired(request.deadline())) {}
      }
    }
    Duration taken = Duration.between(start, clock.instant());
    List<Sequence> generated = sequences.stream().map(Continuation::sequence).toList();
    return new Generation(prompt.length, generated, taken.toNanos() / 1e6);
  }

  private List<Continuation> continuations(GenerationRequest request, int[] prompt) {
    Sampling sampling = request.sampling();
    SpanGrammar grammar = grammar(request);
    List<Continuation> sequences = new ArrayList<>();
    if (sampling.greedy()) {
      sequences.add(continuation(sampling, prompt, null, grammar));
    }
    for (int sample = 0; sample < sampling.samples(); sample++) {
      sequences.add(continuation(sampling, prompt, new NucleusSampler(sampling, sample), grammar));
    }
    return sequences;
  }

  private Continuation continuation(
      Sampling sampling, int[] prompt, @Nullable Sampler sampler, @Nullable SpanGrammar grammar) {
    return new Continuation(
        sampling,
        stopTokens,
        new GrowingText(tokenizer, prompt),
        sampler,
        grammar == null ? null : grammar.begin());
  }

  private @Nullable SpanGrammar grammar(GenerationRequest request) {
    SpanConstraint spans = request.spans();
    if (spans == null) {
      return null;
    }
    SpanText text =
        SpanText.of(
            spans.sourcesOf(request.prompt()),
            spans.alternatives(),
            request.sampling().stopStrings());
    return new SpanGrammar(tokenizer.trie(), text, stopTokens, spans.penalty());
  }

  private int[] checked(GenerationRequest request) {
    int[] prompt = tokenizer.encode(request.prompt());
    if (prompt.length == 0) {
      throw new IllegalArgumentException("the prompt is empty: it gives no token");
    }
    checkSpans(request);
    int maxNewTokens = request.sampling().maxNewTokens();
    if ((long) prompt.length + maxNewTokens > model.contextLength()) {
      throw new IllegalArgumentException(
          "prompt of %d tokens and %d new tokens exceed the model's context of %d tokens"
              .formatted(prompt.length, maxNewTokens, model.contextLength()));
    }
    return prompt;
  }

  private void checkSpans(GenerationRequest request) {
    if (request.spans() != null) {
      request.spans().sourcesOf(request.prompt());
      try {
        tokenizer.trie();
      } catch (UnusableModelException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
  }

  private boolean expired(@Nullable Instant deadline) {
    return deadline != null && !clock.instant().isBefore(deadline);
  }
}
