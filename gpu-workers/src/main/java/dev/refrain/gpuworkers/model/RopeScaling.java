package dev.refrain.gpuworkers.model;

import java.util.List;

/**
 * How rotary frequencies are changed so that a model reads further than it was trained at first.
 *
 * <p>Source: {@code modeling_rope_utils.py} of Hugging Face transformers 4.57, whose float
 * arithmetic the program repeats.
 */
public sealed interface RopeScaling {

  /** What cosines and sines are multiplied with. */
  default double amplitude() {
    return 1;
  }

  /** Frequencies as they were in training. */
  record None() implements RopeScaling {}

  /**
   * All positions are divided by a factor (arXiv:2306.15595).
   *
   * @param factor 1 or more
   */
  record Linear(double factor) implements RopeScaling {
    public Linear {
      atLeastOne(factor);
    }
  }

  /**
   * Low frequencies are divided by a factor, high ones stay (arXiv:2407.21783).
   *
   * @param factor 1 or more
   * @param lowFactor waves longer than the original context over it are low frequencies
   * @param highFactor waves shorter than the original context over it are high frequencies, above
   *     {@code lowFactor}
   * @param originalContext most positions in training, before the model was made to read further
   */
  record Llama3(double factor, double lowFactor, double highFactor, int originalContext)
      implements RopeScaling {
    public Llama3 {
      atLeastOne(factor);
      if (!(lowFactor > 0 && highFactor > lowFactor)) {
        throw new IllegalArgumentException(
            "high_freq_factor is %s, must be above low_freq_factor, which is %s"
                .formatted(highFactor, lowFactor));
      }
    }
  }

  /**
   * Dimensions that turn seldom in the original context are divided by a factor, those that turn
   * often stay (arXiv:2309.00071).
   *
   * @param factor 1 or more
   * @param originalContext most positions in training, before the model was made to read further
   * @param often turns in the original context from which a dimension stays
   * @param seldom turns in the original context up to which it is divided
   * @param amplitude what cosines and sines are multiplied with
   */
  record Yarn(double factor, int originalContext, double often, double seldom, double amplitude)
      implements RopeScaling {
    public Yarn {
      atLeastOne(factor);
    }

    /** The first pair of dimensions that is divided a little. */
    double rampStart(double theta, int size) {
      return Math.max(Math.floor(dimension(often, theta, size)), 0);
    }

    /** The first pair of dimensions that is divided by the whole factor. */
    double rampEnd(double theta, int size) {
      double end = Math.min(Math.ceil(dimension(seldom, theta, size)), size - 1);
      return end == rampStart(theta, size) ? end + 0.001 : end;
    }

    private double dimension(double turns, double theta, int size) {
      return size * Math.log(originalContext / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
    }
  }

  /**
   * Each frequency is divided by a factor of its own (arXiv:2402.13753): of one list in sequences
   * that the original context holds, of another in longer ones.
   *
   * @param shortFactors one for each pair of dimensions that turn
   * @param longFactors as many
   * @param originalContext most positions of a short sequence
   * @param amplitude what cosines and sines are multiplied with
   */
  record LongRope(
      List<Double> shortFactors, List<Double> longFactors, int originalContext, double amplitude)
      implements RopeScaling {
    public LongRope {
      shortFactors = List.copyOf(shortFactors);
      longFactors = List.copyOf(longFactors);
    }
  }

  private static void atLeastOne(double factor) {
    if (!(factor >= 1)) {
      throw new IllegalArgumentException("factor is %s, must be 1 or more".formatted(factor));
    }
  }
}
