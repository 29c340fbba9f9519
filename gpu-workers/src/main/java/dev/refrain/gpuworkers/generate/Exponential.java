package dev.refrain.gpuworkers.generate;

/**
 * The exponential function over whole vocabularies: to float accuracy, with the same bits on every
 * processor, in a loop that the compiler can run on vectors, where {@link Math#exp} takes most of
 * what a step takes outside the model.
 *
 * <p>e^x is 2^n 2^f with n the whole number next to x / ln 2; 2^f is a Taylor polynomial of degree
 * 7, whose rest is below 1e-8 of it.
 */
final class Exponential {
  private static final double LOG2_E = 1.4426950408889634;

  /** Added to a small number, it leaves the next whole number in the last bits. */
  private static final float ROUNDING = 0x1.8p23f;

  private static final int ROUNDING_BITS = Float.floatToRawIntBits(ROUNDING);
  private static final int BIAS = 127;
  private static final int FRACTION_BITS = 23;

  /** The smallest power of two whose float is not subnormal. */
  private static final float LEAST = -126;

  private static final float C1 = 0.6931472f;
  private static final float C2 = 0.2402265f;
  private static final float C3 = 0.05550411f;
  private static final float C4 = 0.009618129f;
  private static final float C5 = 0.0013333558f;
  private static final float C6 = 1.5403530e-4f;
  private static final float C7 = 1.5252734e-5f;

  private Exponential() {}

  /**
   * Computes {@code exp((number - largest) * scale)}.
   *
   * @param largest of the numbers
   * @param scale above 0
   * @param results takes as many as there are numbers; nothing is below 2^-126
   */
  static void of(float[] numbers, float largest, double scale, float[] results) {
    double factor = scale * LOG2_E;
    for (int i = 0; i < results.length; i++) {
      float power = Math.max((float) ((numbers[i] - (double) largest) * factor), LEAST);
      float rounded = power + ROUNDING;
      float f = power - (rounded - ROUNDING);
      int n = Float.floatToRawIntBits(rounded) - ROUNDING_BITS;
      float twoToF = 1 + f * (C1 + f * (C2 + f * (C3 + f * (C4 + f * (C5 + f * (C6 + f * C7))))));
      results[i] = Float.intBitsToFloat((n + BIAS) << FRACTION_BITS) * twoToF;
    }
  }
}
