package dev.refrain.topology.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A percentile interval of the mean difference between two ways of answering the same questions:
 * questions are drawn again with replacement, both ways together (Efron and Tibshirani, "An
 * Introduction to the Bootstrap", chapter 13). The same numbers give the same interval.
 *
 * @param difference mean of the differences
 * @param low lower end of the 95 % interval
 * @param high upper end
 */
public record PairedBootstrap(double difference, double low, double high) {
  private static final int RESAMPLES = 10_000;
  private static final double TAIL = 0.025;
  private static final long SEED = 1;

  /**
   * The interval.
   *
   * @param differences one way's figure less the other's, for each question
   */
  public static PairedBootstrap of(double[] differences) {
    if (differences.length == 0) {
      return new PairedBootstrap(0, 0, 0);
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int draw = 0; draw < differences.length; draw++) {
        sum += differences[random.nextInt(differences.length)];
      }
      means[i] = sum / differences.length;
    }
    Arrays.sort(means);
    return new PairedBootstrap(
        Arrays.stream(differences).average().orElse(0),
        means[(int) (TAIL * RESAMPLES)],
        means[(int) ((1 - TAIL) * RESAMPLES) - 1]);
  }

  /** Whether the interval leaves zero out. */
  public boolean excludesZero() {
    return low > 0 || high < 0;
  }
}
