package dev.refrain.connectors.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SkipGramTest {
  private static final int WORDS = 6;
  private static final int SIZE = 7;
  private static final int WORD = 2;
  private static final int CONTEXT = 4;
  private static final int[] NOISE = {0, 5, 2};

  /** A step in a double's loss, and the most that floats of about 1 and that step may be wrong. */
  private static final double EPSILON = 1e-4;

  private static final double TOLERANCE = 1e-6;

  @Test
  void movesAgainstTheGradientOfTheLoss() {
    double[] numbers = new SplittableRandom(3).doubles(2 * WORDS * SIZE, -1, 1).toArray();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) numbers[i];
    }
    float[] vectors = floats(numbers, 0);
    float[] contexts = floats(numbers, WORDS * SIZE);

    double loss = new SkipGram(SIZE, vectors, contexts).update(WORD, CONTEXT, NOISE, 1);

    assertThat(loss).isCloseTo(loss(numbers), within(TOLERANCE));
    for (int i = 0; i < numbers.length; i++) {
      float[] after = i < WORDS * SIZE ? vectors : contexts;
      double moved = after[i % (WORDS * SIZE)] - numbers[i];
      assertThat(moved).as("number %d", i).isCloseTo(-slope(numbers, i), within(TOLERANCE));
    }
  }

  private static double slope(double[] numbers, int i) {
    double[] above = numbers.clone();
    double[] below = numbers.clone();
    above[i] += EPSILON;
    below[i] -= EPSILON;
    return (loss(above) - loss(below)) / (2 * EPSILON);
  }

  /** Equation 4 as it is written, of vectors and behind them contexts. */
  private static double loss(double[] numbers) {
    double loss = -Math.log(sigmoid(dot(numbers, CONTEXT)));
    for (int other : NOISE) {
      loss -= Math.log(sigmoid(-dot(numbers, other)));
    }
    return loss;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double dot(double[] numbers, int context) {
    double dot = 0;
    for (int i = 0; i < SIZE; i++) {
      dot += numbers[WORD * SIZE + i] * numbers[(WORDS + context) * SIZE + i];
    }
    return dot;
  }

  private static float[] floats(double[] numbers, int from) {
    float[] floats = new float[WORDS * SIZE];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[from + i];
    }
    return floats;
  }
}
