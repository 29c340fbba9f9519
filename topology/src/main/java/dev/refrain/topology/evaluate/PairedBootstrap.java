package dev.refrain.topology.evaluate;

/**
 * The {@link BootstrapMean} of the difference between two ways of answering the same questions:
 * questions are drawn again, both ways together.
 *
 * @param difference mean of the differences
 * @param low lower end of the 95 % interval
 * @param high upper end
 */
public record PairedBootstrap(double difference, double low, double high) {
  /**
   * The interval.
   *
   * @param differences one way's figure less the other's, for each question
   */
  public static PairedBootstrap of(double[] differences) {
    BootstrapMean mean = BootstrapMean.of(differences);
    return new PairedBootstrap(mean.mean(), mean.low(), mean.high());
  }

  /** Whether the interval leaves zero out. */
  public boolean excludesZero() {
    return low > 0 || high < 0;
  }
}
