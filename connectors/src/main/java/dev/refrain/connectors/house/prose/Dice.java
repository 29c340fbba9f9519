package dev.refrain.connectors.house.prose;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** The draws of one exercise, all from one seed. Not thread-safe. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(mix(seed));
  }

  /** Uniform from 0 to bound - 1. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Uniform from low to high, both included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  void shuffle(List<?> list) {
    Collections.shuffle(list, random);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  static long mix(long z) {
    long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
