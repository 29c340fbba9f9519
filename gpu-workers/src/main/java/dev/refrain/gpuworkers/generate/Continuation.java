package dev.refrain.gpuworkers.generate;

import dev.refrain.gpuworkers.generate.Sequence.Finish;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One sequence while it is generated. Not thread-safe. */
final class Continuation {
  private final Sampling sampling;
  private final Set<Integer> stopTokens;
  private final GrowingText text;
  private final @Nullable Sampler sampler;
  private final @Nullable SpanCursor spans;
  private final List<Integer> tokens = new ArrayList<>();
  private final List<Float> logProbabilities = new ArrayList<>();
  private float firstTokenEntropy;
  private @Nullable Finish finish;
  private @Nullable String stoppedText;

  /** A continuation; greedy where there is no sampler, free where there is no cursor. */
  Continuation(
      Sampling sampling,
      Set<Integer> stopTokens,
      GrowingText text,
      @Nullable Sampler sampler,
      @Nullable SpanCursor spans) {
    this.sampling = sampling;
    this.stopTokens = stopTokens;
    this.text = text;
    this.sampler = sampler;
    this.spans = spans;
  }

  /** Chooses and takes the next token; ends without one where none is allowed. */
  void advance(NextToken next) {
    if (spans == null) {
      take(next);
      return;
    }
    int[] allowed = spans.allowed(sampling.maxNewTokens() - tokens.size());
    if (allowed.length == 0) {
      finish = Finish.STOP;
      return;
    }
    take(spans.weigh(next, allowed));
    if (finish == null) {
      spans.take(lastToken());
    }
  }

  private void take(NextToken next) {
    int token = sampler == null ? next.mostLikely() : sampler.choose(next);
    if (tokens.isEmpty()) {
      firstTokenEntropy = (float) next.entropy();
    }
    tokens.add(token);
    logProbabilities.add((float) next.logProbability(token));
    if (stopTokens.contains(token)) {
      finish = Finish.STOP;
    } else if (ends(token)) {
      finish = Finish.STOP;
    } else if (tokens.size() == sampling.maxNewTokens()) {
      finish = Finish.LENGTH;
    }
  }

  /** Whether it takes no more tokens. */
  boolean finished() {
    return finish != null;
  }

  /** The token that was taken last. */
  int lastToken() {
    return tokens.getLast();
  }

  /** What was generated; ended by the deadline if by nothing else. */
  Sequence sequence() {
    if (stoppedText == null) {
      stops(text.finish());
    }
    String generated = stoppedText == null ? text.finish().toString() : stoppedText;
    return new Sequence(
        generated,
        tokens,
        logProbabilities,
        firstTokenEntropy,
        sampler == null,
        finish == null ? Finish.DEADLINE : finish);
  }

  /**
   * Takes a token of the text and looks whether it ends there; without stop strings it is decoded
   * once, at last.
   */
  private boolean ends(int token) {
    if (sampling.stopStrings().isEmpty()) {
      text.add(token);
      return false;
    }
    return stops(text.append(token));
  }

  /** Looks for the stop string that comes first and keeps the text before it. */
  private boolean stops(CharSequence generated) {
    String whole = generated.toString();
    int first =
        sampling.stopStrings().stream()
            .mapToInt(whole::indexOf)
            .filter(at -> at >= 0)
            .min()
            .orElse(-1);
    if (first >= 0) {
      stoppedText = whole.substring(0, first);
    }
    return first >= 0;
  }
}
