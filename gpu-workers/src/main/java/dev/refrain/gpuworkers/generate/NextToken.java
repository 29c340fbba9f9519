package dev.refrain.gpuworkers.generate;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The model's distribution over the next token, at temperature 1: over all tokens, or over those
 * that are allowed. Sums are double so that they do not depend on the size of the vocabulary. Not
 * thread-safe: it reads the arrays it was given.
 */
final class NextToken {
  private final float[] logits;
  private final int @Nullable [] tokens;
  private final int mostLikely;
  private final double logNormalizer;

  /**
   * A distribution over all tokens.
   *
   * @param logits [V], finite
   * @throws IllegalStateException if the model gave numbers that are not finite
   */
  NextToken(float[] logits) {
    this(logits, null);
  }

  private NextToken(float[] logits, int @Nullable [] tokens) {
    this(logits, tokens, argMax(logits));
  }

  private NextToken(float[] logits, int @Nullable [] tokens, int mostLikely) {
    this(logits, tokens, mostLikely, logNormalizer(logits, mostLikely));
  }

  private NextToken(float[] logits, int @Nullable [] tokens, int mostLikely, double logNormalizer) {
    this.logits = logits;
    this.tokens = tokens;
    this.mostLikely = mostLikely;
    this.logNormalizer = logNormalizer;
    if (!Double.isFinite(logNormalizer) || !Float.isFinite(logits[mostLikely])) {
      throw new IllegalStateException(
          "the model gives logits that are not finite; its weights are damaged or overflow");
    }
  }

  /**
   * A distribution over all tokens.
   *
   * @param logProbabilities [V], natural logarithms whose exponentials sum to one
   * @throws IllegalStateException if the model gave numbers that are not finite
   */
  static NextToken of(float[] logProbabilities) {
    return new NextToken(logProbabilities, null, argMax(logProbabilities), 0);
  }

  private static double logNormalizer(float[] logits, int mostLikely) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - (double) logits[mostLikely]);
    }
    return logits[mostLikely] + Math.log(sum);
  }

  /**
   * The same distribution where only some tokens are allowed: their probabilities sum to one.
   *
   * @param allowed ids in rising order, at least one; this must be over all tokens
   * @param less tokens that are made less likely
   * @param by nats taken from their logits, 0 or more
   */
  NextToken among(int[] allowed, BitSet less, double by) {
    float[] chosen = new float[allowed.length];
    for (int i = 0; i < allowed.length; i++) {
      chosen[i] = logits[allowed[i]] - (less.get(allowed[i]) ? (float) by : 0);
    }
    return new NextToken(chosen, allowed);
  }

  /** Number of tokens: V, or as many as are allowed. */
  int size() {
    return logits.length;
  }

  /** The id of a token by its place, in [0, size); ids rise with places. */
  int token(int place) {
    return tokens == null ? place : tokens[place];
  }

  /**
   * Probabilities at a temperature, as shares of the largest.
   *
   * @param temperature above 0
   * @param weights takes them, place by place
   */
  void weights(double temperature, float[] weights) {
    Exponential.of(logits, logits[mostLikely], 1 / temperature, weights);
  }

  /** The token with the largest logit; the first of them if there are several. */
  int mostLikely() {
    return token(mostLikely);
  }

  /** Natural-log probability of a token; negative infinity where it is not allowed. */
  double logProbability(int token) {
    int place = tokens == null ? token : Arrays.binarySearch(tokens, token);
    return place < 0 ? Double.NEGATIVE_INFINITY : logits[place] - logNormalizer;
  }

  /** Entropy in nats. */
  double entropy() {
    double entropy = 0;
    for (float logit : logits) {
      double logProbability = logit - logNormalizer;
      entropy -= Math.exp(logProbability) * logProbability;
    }
    return entropy;
  }

  private static int argMax(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
