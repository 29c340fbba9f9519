package dev.refrain.gpuworkers.generate;

/**
 * How a beam search goes, with the meaning that Hugging Face transformers gives these settings.
 *
 * @param numBeams how many beginnings are kept, and how many outputs are found; 1 or more
 * @param maxNewTokens most tokens of an output, 1 or more
 * @param lengthPenalty the sum of an output's log-probabilities is divided by its number of tokens
 *     to this power: above 0 favours long outputs, below 0 short ones
 * @param stopping when to stop looking for better outputs
 */
public record BeamSettings(
    int numBeams, int maxNewTokens, double lengthPenalty, Stopping stopping) {

  /** When a search stops, once it has {@code numBeams} outputs that have ended. */
  public enum Stopping {
    /** At once ({@code early_stopping=True}). */
    WHEN_ALL_HAVE_ENDED,
    /**
     * When the best beginning, if it ended now, would be worse than all of them ({@code
     * early_stopping=False}).
     */
    WHEN_NONE_LOOKS_BETTER,
    /**
     * When no beginning could become better than the worst of them at any length ({@code
     * early_stopping="never"}).
     */
    WHEN_NONE_CAN_BE_BETTER
  }

  public BeamSettings {
    require(numBeams >= 1, "numBeams is %s, must be 1 or more".formatted(numBeams));
    require(maxNewTokens >= 1, "maxNewTokens is %s, must be 1 or more".formatted(maxNewTokens));
    require(
        Double.isFinite(lengthPenalty),
        "lengthPenalty is %s, must be a finite number".formatted(lengthPenalty));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
