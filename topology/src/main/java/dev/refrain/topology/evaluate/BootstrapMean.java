package dev.refrain.topology.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A mean with its percentile interval: the numbers are drawn again with replacement (Efron and
 * Tibshirani, "An Introduction to the Bootstrap", chapter 13). The same numbers give the same
 * interval.
 *
 * @param mean mean of the numbers; 0 where there are none
 * @param low lower end of the 95 % interval
 * @param high upper end
 */
public record BootstrapMean(double mean, double low, double high) {
  private static final int RESAMPLES = 10_000;
  private static final double TAIL = 0.025;
  private static final long SEED = 1;

  /** The mean of numbers that were drawn independently, such as the scores of questions. */
  public static BootstrapMean of(double[] numbers) {
    if (numbers.length == 0) {
      return new BootstrapMean(0, 0, 0);
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int draw = 0; draw < numbers.length; draw++) {
        sum += numbers[random.nextInt(numbers.length)];
      }
      means[i] = sum / numbers.length;
    }
    Arrays.sort(means);
    return new BootstrapMean(
        Arrays.stream(numbers).average().orElse(0),
        means[(int) (TAIL * RESAMPLES)],
        means[(int) ((1 - TAIL) * RESAMPLES) - 1]);
  }
}
