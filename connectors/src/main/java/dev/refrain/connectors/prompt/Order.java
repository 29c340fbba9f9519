package dev.refrain.connectors.prompt;

import java.util.SplittableRandom;

/**
 * A permutation of the numbers below n that a seed decides, one number at a time and without
 * keeping them: four rounds of a Feistel network over the next power of four, numbers outside being
 * walked on (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002).
 *
 * @param seed decides the permutation
 * @param size n, 1 or more
 */
record Order(long seed, int size) {
  private static final int ROUNDS = 4;

  Order {
    if (size < 1) {
      throw new IllegalArgumentException("size is %d, must be 1 or more".formatted(size));
    }
  }

  /** Where the permutation sends {@code place}, in [0, n). */
  int at(int place) {
    int bits = 1;
    while (1L << (2 * bits) < size) {
      bits++;
    }
    long value = place;
    do {
      value = turn(value, bits);
    } while (value >= size);
    return (int) value;
  }

  private long turn(long value, int bits) {
    long mask = (1L << bits) - 1;
    long left = value >>> bits;
    long right = value & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long mixed = new SplittableRandom(seed ^ right << 16 ^ (long) round << 60).nextLong() & mask;
      long next = left ^ mixed;
      left = right;
      right = next;
    }
    return left << bits | right;
  }
}
