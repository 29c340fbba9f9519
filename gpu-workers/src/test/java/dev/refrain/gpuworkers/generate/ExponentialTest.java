package dev.refrain.gpuworkers.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialTest {

  @Test
  void agreesWithTheLibrarysExponential() {
    for (double scale : new double[] {1, 1 / 0.7, 3.3, 0.01}) {
      float[] numbers = new float[20_000];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = 7.5f - i * 0.001f;
      }
      float[] results = new float[numbers.length];
      Exponential.of(numbers, 7.5f, scale, results);

      assertThat(results[0]).isEqualTo(1);
      for (int i = 0; i < numbers.length; i++) {
        double exact = Math.exp((numbers[i] - 7.5) * scale);
        // Rounding of the power to float: 2^-25 of up to 95.
        assertThat(results[i] / exact).isCloseTo(1, within(3e-6));
      }
    }
  }

  @Test
  void isAlmostNothingForWhatIsImpossible() {
    float[] results = new float[2];
    Exponential.of(new float[] {0, Float.NEGATIVE_INFINITY}, 0, 1, results);

    assertThat(results).containsExactly(1, 0x1p-126f);
  }
}
