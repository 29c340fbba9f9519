package dev.refrain.connectors.words;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws words with the probability of their frequency to the power of 3/4, in constant time.
 * Mikolov et al. 2013, arXiv:1310.4546, section 2.2; the alias method of Vose 1991, "A linear
 * algorithm for generating random numbers with a given distribution". Immutable, thread-safe.
 */
final class NoiseWords {
  private static final double POWER = 0.75;

  /** Share of a slot that is its own word's; the rest is its alias'. */
  private final double[] own;

  private final int[] alias;

  /**
   * Draws among these.
   *
   * @param frequencies of each word, 2 or more of them
   */
  NoiseWords(int[] frequencies) {
    int words = frequencies.length;
    own = Arrays.stream(frequencies).mapToDouble(n -> StrictMath.pow(n, POWER)).toArray();
    alias = new int[words];
    double mean = Arrays.stream(own).sum() / words;
    int[] stack = new int[words];
    int small = 0;
    int large = words;
    for (int word = 0; word < words; word++) {
      own[word] /= mean;
      alias[word] = word;
      stack[own[word] < 1 ? small++ : --large] = word;
    }
    while (small > 0 && large < words) {
      int poor = stack[--small];
      int rich = stack[large];
      alias[poor] = rich;
      own[rich] -= 1 - own[poor];
      if (own[rich] < 1) {
        large++;
        stack[small++] = rich;
      }
    }
  }

  /** A word other than this one. */
  int draw(SplittableRandom random, int except) {
    int word = except;
    while (word == except) {
      int slot = random.nextInt(own.length);
      word = random.nextDouble() < own[slot] ? slot : alias[slot];
    }
    return word;
  }
}
