package dev.refrain.connectors.training;

/**
 * The learning rate over the steps of a run: a linear warm-up, then the peak, then a decay over the
 * last share of the steps.
 *
 * @param peak highest rate, above 0
 * @param warmup steps of linear warm-up, 0 or more
 * @param decay shape of the decay
 * @param decayShare share of all steps that decay, in [0, 1]
 * @param floor rate at the end as a share of the peak, in [0, 1]
 */
public record Schedule(double peak, long warmup, Decay decay, double decayShare, double floor) {

  /** Shape of the decay. */
  public enum Decay {
    /** A straight line from the peak to the floor. */
    LINEAR,
    /** Half a period of a cosine (arXiv:1608.03983). */
    COSINE
  }

  public Schedule {
    require(peak > 0, "peak", peak, "above 0");
    require(warmup >= 0, "warmup", warmup, "0 or more");
    require(decayShare >= 0 && decayShare <= 1, "decayShare", decayShare, "in [0, 1]");
    require(floor >= 0 && floor <= 1, "floor", floor, "in [0, 1]");
  }

  /** A warm-up and then one rate. */
  public static Schedule constant(double rate, long warmup) {
    return new Schedule(rate, warmup, Decay.LINEAR, 0, 1);
  }

  /**
   * The rate of a step.
   *
   * @param step from 0
   * @param steps of the whole run
   */
  public double rate(long step, long steps) {
    double rising = step < warmup ? (step + 1.0) / warmup : 1;
    double start = steps * (1 - decayShare);
    if (step < start || decayShare == 0) {
      return peak * rising;
    }
    double done = Math.min(1, (step - start) / (steps * decayShare));
    double left =
        switch (decay) {
          case LINEAR -> 1 - done;
          case COSINE -> (1 + Math.cos(Math.PI * done)) / 2;
        };
    return peak * rising * (floor + (1 - floor) * left);
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, must be %s".formatted(name, value, range));
    }
  }
}
