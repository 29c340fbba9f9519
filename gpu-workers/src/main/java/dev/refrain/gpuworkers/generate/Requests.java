package dev.refrain.gpuworkers.generate;

import dev.refrain.gpuworkers.model.CausalLm;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.UnusableModelException;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests for one model: refuses what can never be served, and makes the rest ready. Safe
 * for use by many threads.
 */
final class Requests {
  private static final double MIB = 1 << 20;

  private final CausalLm model;
  private final Tokenizer tokenizer;
  private final Set<Integer> stopTokens;
  private final EngineSettings settings;

  Requests(CausalLm model, Tokenizer tokenizer, Set<Integer> stopTokens, EngineSettings settings) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.stopTokens = Set.copyOf(stopTokens);
    this.settings = settings;
  }

  /** The same for a model that is attached to this one. */
  Requests behind(CausalLm attached) {
    return new Requests(attached, tokenizer, stopTokens, settings);
  }

  /**
   * A request that waits.
   *
   * @throws IllegalArgumentException as {@link Generator#check} does
   */
  Decoding decoding(GenerationRequest request) {
    int[] prompt = checked(request);
    return new Decoding(model, prompt, continuations(request, prompt), request);
  }

  /**
   * The prompt's tokens.
   *
   * @throws IllegalArgumentException as {@link Generator#check} does
   */
  int[] checked(GenerationRequest request) {
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
    checkMemory(prompt.length, request.sampling());
    return prompt;
  }

  private void checkMemory(int promptTokens, Sampling sampling) {
    int sequences = sampling.sequences();
    if (sequences > settings.maxSequences()) {
      throw new IllegalArgumentException(
          "%d sequences are more than the %d that may be in memory at once (maxSequences)"
              .formatted(sequences, settings.maxSequences()));
    }
    long bytes = Decoding.bytes(model, promptTokens, sequences, sampling.maxNewTokens());
    if (bytes > settings.kvMemory()) {
      throw new IllegalArgumentException(
          "prompt of %d tokens and %d sequences of %d new tokens need %.1f MiB of keys and values, and all requests together may have %.1f MiB (kvMemory); ask for fewer or shorter sequences, or give more memory"
              .formatted(
                  promptTokens,
                  sequences,
                  sampling.maxNewTokens(),
                  bytes / MIB,
                  settings.kvMemory() / MIB));
    }
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
}
