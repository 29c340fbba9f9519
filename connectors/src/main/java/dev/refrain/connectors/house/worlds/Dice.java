package dev.refrain.connectors.house.worlds;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** The draws of one exercise, all from one seed. Not thread-safe. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Uniform from 0 to bound - 1. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Uniform from low to high, both included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /** Uniform in the logarithm, from low to high, both at least 1. */
  long spread(long low, long high) {
    double exponent = random.nextDouble(Math.log((double) low), Math.log(high + 1.0));
    return Math.clamp((long) Math.exp(exponent), low, high);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  void shuffle(List<?> list) {
    Collections.shuffle(list, random);
  }
}
