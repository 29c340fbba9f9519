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
  private float[] weights = {}; // the likeliest token has 1
  private long[] ranked = {};

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
    if (weights.length != next.size()) {
      weights = new float[next.size()];
      ranked = new long[next.size()];
    }
    next.weights(temperature, weights);
    double total = 0;
    for (float weight : weights) {
      total += weight;
    }
    return next.token(topP == 1 ? draw(total) : drawFromNucleus(total));
  }

  private int draw(double total) {
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

  private int drawFromNucleus(double total) {
    int[] nucleus = nucleus(total);
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
  private int[] nucleus(double total) {
    int candidates = rank(total);
    int[] places = new int[candidates];
    int size = 0;
    double mass = 0;
    while (size < candidates && (size == 0 || mass < topP * total)) {
      places[size] = (int) ranked[size];
      mass += weights[places[size++]];
    }
    return Arrays.copyOf(places, size);
  }

  /**
   * Ranks places by falling weight and says how many, the upper half of each number being the
   * weight's complement. Leaves out tokens too light to be in any nucleus: all lighter ones
   * together cannot fill the rest.
   */
  private int rank(double total) {
    double lightest = (1 - topP) * total / weights.length;
    int size = 0;
    for (int place = 0; place < weights.length; place++) {
      if (weights[place] >= lightest) {
        int falling = ~Float.floatToIntBits(weights[place]);
        ranked[size++] = (long) falling << Integer.SIZE | place;
      }
    }
    Arrays.sort(ranked, 0, size);
    return size;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014), which spreads neighbouring seeds. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
