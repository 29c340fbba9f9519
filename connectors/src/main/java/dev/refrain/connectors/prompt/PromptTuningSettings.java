package dev.refrain.connectors.prompt;

/**
 * How a soft prompt is tuned.
 *
 * @param length P, vectors, 1 or more
 * @param batch examples of a micro-batch, 1 or more
 * @param seed decides first vectors and order
 */
public record PromptTuningSettings(int length, int batch, long seed) {
  public PromptTuningSettings {
    if (length < 1) {
      throw new IllegalArgumentException("length is %d, must be 1 or more".formatted(length));
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch is %d, must be 1 or more".formatted(batch));
    }
  }
}
