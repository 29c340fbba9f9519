package dev.refrain.gpuworkers.model;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/**
 * How the weights of a new model begin: norms at one; matrices normally distributed around zero,
 * those that write into the residual stream narrower by the square root of twice the number of
 * layers (GPT-2, section 2.3).
 *
 * @param deviation standard deviation of the matrices, above 0
 * @param seed decides every number
 */
public record Initialisation(double deviation, long seed) {
  public Initialisation {
    if (!(deviation > 0)) {
      throw new IllegalArgumentException("deviation is %s, must be above 0".formatted(deviation));
    }
  }

  /** Fills one weight of the program. */
  void fill(FloatBuffer target, int index, DecoderWeights.Weight weight, ModelConfig config) {
    boolean norm = weight.shape().length == 1;
    boolean residual = weight.parts().stream().anyMatch(part -> writesResidual(part.name()));
    double scale = residual ? deviation / Math.sqrt(2.0 * config.numLayers()) : deviation;
    SplittableRandom random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L + index);
    while (target.hasRemaining()) {
      target.put(norm ? 1 : (float) (random.nextGaussian() * scale));
    }
  }

  private static boolean writesResidual(String name) {
    return name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
  }
}
