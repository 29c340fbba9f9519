package dev.refrain.gpuworkers.generate;

/**
 * The model's distribution over the next token, at temperature 1. Sums are double so that they do
 * not depend on the size of the vocabulary. Not thread-safe: it reads the array it was given.
 */
final class NextToken {
  private final float[] logits;
  private final int mostLikely;
  private final double logNormalizer;

  /**
   * A distribution.
   *
   * @param logits [V], finite
   * @throws IllegalStateException if the model gave numbers that are not finite
   */
  NextToken(float[] logits) {
    this.logits = logits;
    this.mostLikely = argMax(logits);
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - (double) logits[mostLikely]);
    }
    this.logNormalizer = logits[mostLikely] + Math.log(sum);
    if (!Double.isFinite(logNormalizer)) {
      throw new IllegalStateException(
          "the model gives logits that are not finite; its weights are damaged or overflow");
    }
  }

  /** V. */
  int size() {
    return logits.length;
  }

  /** The logit of a token. */
  float logit(int token) {
    return logits[token];
  }

  /** The token with the largest logit; the first of them if there are several. */
  int mostLikely() {
    return mostLikely;
  }

  /** Natural-log probability of a token. */
  double logProbability(int token) {
    return logits[token] - logNormalizer;
  }

  /** Entropy in nats. */
  double entropy() {
    double entropy = 0;
    for (int token = 0; token < logits.length; token++) {
      double logProbability = logProbability(token);
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
