package dev.refrain.topology.bench;

import java.util.stream.DoubleStream;

/**
 * The middle of some measurements and how far apart the middle half of them lies, interpolated
 * between neighbours (type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The
 * American Statistician 50, 1996, which NumPy and R use).
 *
 * @param lower a quarter lies below
 * @param median half lies below
 * @param upper three quarters lie below
 */
public record Quartiles(double lower, double median, double upper) {

  /**
   * Sums up measurements.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Quartiles of(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no measurement has no quartiles, there must be one");
    }
    return new Quartiles(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
