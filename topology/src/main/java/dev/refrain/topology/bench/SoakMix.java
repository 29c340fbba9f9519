package dev.refrain.topology.bench;

import dev.refrain.gpuworkers.generate.Sampling;
import dev.refrain.gpuworkers.generate.SpanConstraint;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Requests of all kinds, drawn from a seed: short and long prompts, bare and behind a soft prompt,
 * one sequence and many, free and held to spans of the prompt; most run to their end, some to a
 * deadline, some are cancelled, some can never fit. Not safe for use by many threads.
 */
final class SoakMix {
  private static final int SHORT_PROMPT = 40;
  private static final int MOST_NEW_TOKENS = 48;
  private static final int MOST_SAMPLES = 16;
  private static final int LONGEST_WORD = 9;

  /** Without the soft prompt there is somewhat more room than with it. */
  private static final int FAR_TOO_LONG = 2;

  private static final double TOP_P = 0.95;

  /** What becomes of a request. */
  enum Fate {
    /** It runs to its end. */
    WHOLE,
    /** It has a deadline. */
    DEADLINE,
    /** It is cancelled. */
    CANCELLED,
    /** It can never fit. */
    REFUSED
  }

  /**
   * A request that was drawn.
   *
   * @param spans null for a free answer
   * @param prompted whether it stands behind the soft prompt
   * @param patience when its deadline or cancellation comes, as a multiple of the time that
   *     requests take; in [0, 2)
   */
  record Drawn(
      String prompt,
      Sampling sampling,
      @Nullable SpanConstraint spans,
      boolean prompted,
      Fate fate,
      double patience) {}

  private final SplittableRandom random;
  private final int contextLength;
  private final int maxSequences;

  /**
   * A mixture.
   *
   * @param contextLength most tokens of a sequence that is not refused, 8 or more, and more than
   *     half of the model's
   * @param maxSequences most sequences of a request that is not refused
   */
  SoakMix(long seed, int contextLength, int maxSequences) {
    this.random = new SplittableRandom(seed);
    this.contextLength = contextLength;
    this.maxSequences = maxSequences;
  }

  /** The next request. */
  Drawn next() {
    Fate fate = fate();
    String prompt = text(promptLength());
    return new Drawn(
        prompt,
        sampling(fate),
        oneIn(4) ? spans(prompt) : null,
        oneIn(4),
        fate,
        2 * random.nextDouble());
  }

  private Fate fate() {
    int drawn = random.nextInt(20);
    return switch (drawn) {
      case 0 -> Fate.REFUSED;
      case 1, 2 -> Fate.DEADLINE;
      case 3, 4 -> Fate.CANCELLED;
      default -> Fate.WHOLE;
    };
  }

  /** Letters, no fewer than there will be tokens; a long prompt takes up to half of the context. */
  private int promptLength() {
    int most = contextLength / 2 - 2;
    return 1 + (oneIn(8) ? random.nextInt(most) : random.nextInt(Math.min(SHORT_PROMPT, most)));
  }

  private String text(int letters) {
    StringBuilder text = new StringBuilder();
    while (text.length() < letters) {
      text.append(text.isEmpty() ? "" : " ");
      text.append(RandomModel.prompt(1 + random.nextInt(LONGEST_WORD), random.nextLong()));
    }
    return text.substring(0, letters);
  }

  private Sampling sampling(Fate fate) {
    int newTokens = 1 + random.nextInt(Math.min(MOST_NEW_TOKENS, contextLength / 2));
    int most = Math.min(MOST_SAMPLES, maxSequences);
    int samples = oneIn(4) ? 1 + random.nextInt(most) : 1;
    boolean tooMany = random.nextBoolean();
    if (fate == Fate.REFUSED) {
      samples = tooMany ? maxSequences + 1 : samples;
      newTokens = tooMany ? newTokens : FAR_TOO_LONG * contextLength;
    }
    return new Sampling(false, samples, 1, TOP_P, newTokens, List.of(), random.nextLong());
  }

  private SpanConstraint spans(String prompt) {
    int start = random.nextInt(prompt.length());
    int end = start + 1 + random.nextInt(prompt.length() - start);
    return new SpanConstraint(
        List.of(new SpanConstraint.Range(start, end)), List.of("unknown"), random.nextDouble());
  }

  private boolean oneIn(int number) {
    return random.nextInt(number) == 0;
  }
}
