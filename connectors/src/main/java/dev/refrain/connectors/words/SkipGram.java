package dev.refrain.connectors.words;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The skip-gram model with negative sampling: a word's vector v is to tell the words near it, each
 * with a vector u of its own as a context, from noise. Mikolov et al. 2013, arXiv:1310.4546,
 * equation 4: minimises −log σ(u·v) − Σ log σ(−u'·v) over the noise u'. Numbers are the same on
 * every machine. Not thread-safe.
 */
final class SkipGram {
  private final int size;
  private final float[] vectors; // [V, D]
  private final float[] contexts; // [V, D]
  private final float[] gradient; // [D]

  /**
   * A model with these numbers, which it changes.
   *
   * @param size D
   * @param vectors [V, D]
   * @param contexts [V, D]
   */
  SkipGram(int size, float[] vectors, float[] contexts) {
    this.size = size;
    this.vectors = vectors;
    this.contexts = contexts;
    this.gradient = new float[size];
  }

  /** A model before its training: small random vectors, contexts of zeros. */
  static SkipGram untrained(int words, int size, SplittableRandom random) {
    float[] vectors = new float[words * size];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = (float) ((random.nextDouble() - 0.5) / size);
    }
    return new SkipGram(size, vectors, new float[words * size]);
  }

  /**
   * One step of stochastic gradient descent.
   *
   * @param word whose vector predicts
   * @param context a word near it
   * @param noise words that are not the context
   * @return the loss before the step, nats
   */
  double update(int word, int context, int[] noise, double rate) {
    Arrays.fill(gradient, 0);
    double likelihood = descend(word, context, 1, rate);
    for (int other : noise) {
      likelihood *= descend(word, other, 0, rate);
    }
    add(1, gradient, 0, vectors, word * size);
    return -Math.log(likelihood);
  }

  /** The vectors [V, D], as they are. */
  float[] vectors() {
    return vectors;
  }

  /**
   * Moves a context, and adds to the gradient what moves the word.
   *
   * @param label 1 for a context, 0 for noise
   * @return the probability of the label before the step
   */
  private double descend(int word, int context, int label, double rate) {
    int from = word * size;
    int to = context * size;
    double probability = 1 / (1 + StrictMath.exp(-dot(from, to)));
    float step = (float) (rate * (label - probability));
    add(step, contexts, to, gradient, 0);
    add(step, vectors, from, contexts, to);
    return label == 1 ? probability : 1 - probability;
  }

  private void add(float factor, float[] from, int start, float[] to, int target) {
    for (int i = 0; i < size; i++) {
      to[target + i] += factor * from[start + i];
    }
  }

  /** Four sums at a time: one alone waits for each of its additions. */
  private float dot(int from, int to) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 3 < size; i += 4) {
      a += vectors[from + i] * contexts[to + i];
      b += vectors[from + i + 1] * contexts[to + i + 1];
      c += vectors[from + i + 2] * contexts[to + i + 2];
      d += vectors[from + i + 3] * contexts[to + i + 3];
    }
    for (; i < size; i++) {
      a += vectors[from + i] * contexts[to + i];
    }
    return (a + b) + (c + d);
  }
}
