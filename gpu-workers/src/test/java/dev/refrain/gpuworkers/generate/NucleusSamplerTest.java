package dev.refrain.gpuworkers.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NucleusSamplerTest {
  private static final int DRAWS = 40_000;

  @ParameterizedTest
  @CsvSource({"1,1", "0.5,1", "2,1", "1,0.9", "0.7,0.5", "1.5,0.3", "1,0.001"})
  void drawsTokensAsOftenAsTheSoftmaxOfTheNucleusSays(double temperature, double topP) {
    float[] logits = {1.5f, -2, 0.25f, 3, 2.9f, -7, 0.25f, 1};
    double[] expected = naive(logits, temperature, topP);
    NextToken next = new NextToken(logits);
    NucleusSampler sampler = new NucleusSampler(sampling(temperature, topP, 17), 0);

    int[] counts = new int[logits.length];
    for (int i = 0; i < DRAWS; i++) {
      counts[sampler.choose(next)]++;
    }

    for (int token = 0; token < logits.length; token++) {
      double deviation = Math.sqrt(expected[token] * (1 - expected[token]) / DRAWS);
      assertThat(counts[token] / (double) DRAWS).isCloseTo(expected[token], within(5 * deviation));
    }
  }

  @Test
  void findsTheNaiveNucleusOfManyVocabularies() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      float[] logits = new float[2 + random.nextInt(60)];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) (random.nextGaussian() * 3);
      }
      double topP = 0.05 + 0.9 * random.nextDouble();
      double[] expected = naive(logits, 1, topP);
      NucleusSampler sampler = new NucleusSampler(sampling(1, topP, round), 0);
      NextToken next = new NextToken(logits);
      for (int draw = 0; draw < 50; draw++) {
        assertThat(expected[sampler.choose(next)]).isPositive();
      }
    }
  }

  @Test
  void seedAndSampleDecideTheStream() {
    NextToken next = new NextToken(new float[1000]);

    assertThat(stream(next, 1, 0)).isEqualTo(stream(next, 1, 0));
    assertThat(stream(next, 1, 1)).isNotEqualTo(stream(next, 1, 0));
    assertThat(stream(next, 2, 0))
        .isNotEqualTo(stream(next, 1, 0))
        .isNotEqualTo(stream(next, 1, 1));
  }

  @Test
  void neverDrawsATokenWithoutProbability() {
    float[] logits = new float[50];
    Arrays.fill(logits, -1e30f);
    logits[33] = 4;

    assertThat(stream(new NextToken(logits), 3, 0)).containsOnly(33);
  }

  private static List<Integer> stream(NextToken next, long seed, int sample) {
    NucleusSampler sampler = new NucleusSampler(sampling(1, 1, seed), sample);
    List<Integer> tokens = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tokens.add(sampler.choose(next));
    }
    return tokens;
  }

  /** Softmax at the temperature, cut to the smallest set with the mass, made to sum to 1. */
  private static double[] naive(float[] logits, double temperature, double topP) {
    double[] p = new double[logits.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logits[i] / temperature);
    }
    double sum = Arrays.stream(p).sum();
    List<Integer> ranked =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -p[i]))
            .toList();
    double[] kept = new double[p.length];
    double mass = 0;
    for (int token : ranked) {
      if (mass < topP) {
        kept[token] = p[token] / sum;
        mass += kept[token];
      }
    }
    double total = mass;
    return Arrays.stream(kept).map(k -> k / total).toArray();
  }

  private static Sampling sampling(double temperature, double topP, long seed) {
    return new Sampling(false, 1, temperature, topP, 1, List.of(), seed);
  }
}
