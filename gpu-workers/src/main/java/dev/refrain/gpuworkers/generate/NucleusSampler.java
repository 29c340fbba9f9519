package dev.refrain.gpuworkers.generate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Samples at a temperature from the smallest set of likeliest tokens that holds a share of the
 * probability (nucleus sampling, arXiv:1904.09751; p there is {@code topP} here). Has a stream of
 * random numbers of its own, which the seed and the sample's index decide.
 */
final class NucleusSampler implements Sampler {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final double temperature;
  private final double topP;
  private final SplittableRandom random;

  /**
   * A sampler of one sequence.
   *
   * @param sampling temperature, topP and seed
   * @param sample which of the request's samples it is, 0 or more
   */
  NucleusSampler(Sampling sampling, int sample) {
    this.temperature = sampling.temperature();
    this.topP = sampling.topP();
    this.random = new SplittableRandom(mix(sampling.seed() + mix((sample + 1) * GOLDEN_GAMMA)));
  }

  @Override
  public int choose(NextToken next) {
    double[] weights = new double[next.size()]; // the likeliest token has 1
    float largest = next.largestLogit();
    double total = 0;
    for (int place = 0; place < weights.length; place++) {
      weights[place] = Math.exp((next.logit(place) - (double) largest) / temperature);
      total += weights[place];
    }
    return next.token(topP == 1 ? draw(weights, total) : drawFromNucleus(weights, total));
  }

  private int draw(double[] weights, double total) {
    double point = random.nextDouble() * total;
    int last = 0;
    for (int place = 0; place < weights.length; place++) {
      if (weights[place] > 0) {
        last = place;
        point -= weights[place];
        if (point < 0) {
          return place;
        }
      }
    }
    return last;
  }

  private int drawFromNucleus(double[] weights, double total) {
    int[] nucleus = nucleus(weights, total);
    double mass = 0;
    for (int place : nucleus) {
      mass += weights[place];
    }
    double point = random.nextDouble() * mass;
    for (int place : nucleus) {
      point -= weights[place];
      if (point < 0) {
        return place;
      }
    }
    return nucleus[nucleus.length - 1];
  }

  /** Places, the likeliest first, equal ones by token id; at least one. */
  private int[] nucleus(double[] weights, double total) {
    long[] ranked = ranked(weights, total);
    int[] places = new int[ranked.length];
    int size = 0;
    double mass = 0;
    while (size < ranked.length && (size == 0 || mass < topP * total)) {
      places[size] = (int) ranked[size];
      mass += weights[places[size++]];
    }
    return Arrays.copyOf(places, size);
  }

  /**
   * Places by falling weight, the upper half of each number being the weight's complement. Leaves
   * out tokens too light to be in any nucleus: all lighter ones together cannot fill the rest.
   */
  private long[] ranked(double[] weights, double total) {
    double lightest = (1 - topP) * total / weights.length;
    long[] ranked = new long[weights.length];
    int size = 0;
    for (int place = 0; place < weights.length; place++) {
      if (weights[place] >= lightest) {
        int falling = ~Float.floatToIntBits((float) weights[place]);
        ranked[size++] = (long) falling << Integer.SIZE | place;
      }
    }
    Arrays.sort(ranked, 0, size);
    return Arrays.copyOf(ranked, size);
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014), which spreads neighbouring seeds. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
