package dev.refrain.connectors.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoiseWordsTest {
  private static final int DRAWS = 200_000;

  /** 16, 81 and 256 to the power of 3/4 are 8, 27 and 64; the bound is five standard deviations. */
  @Test
  void drawsByThePowerOfThreeQuarters() {
    NoiseWords noise = new NoiseWords(new int[] {16, 1_000, 81, 256});
    SplittableRandom random = new SplittableRandom(1);
    int[] drawn = new int[4];
    for (int i = 0; i < DRAWS; i++) {
      drawn[noise.draw(random, 1)]++;
    }
    assertThat(drawn[1]).isZero();
    assertThat((double) drawn[0] / DRAWS).isCloseTo(8 / 99.0, within(0.006));
    assertThat((double) drawn[2] / DRAWS).isCloseTo(27 / 99.0, within(0.006));
    assertThat((double) drawn[3] / DRAWS).isCloseTo(64 / 99.0, within(0.006));
  }
}
