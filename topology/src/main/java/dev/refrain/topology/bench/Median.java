package dev.refrain.topology.bench;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The middle of some measurements. */
final class Median {
  private Median() {}

  /** The middle value, the upper one of two. */
  static double of(DoubleStream values) {
    double[] sorted = values.toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
