package dev.refrain.topology.prompts;

import dev.refrain.connectors.prompt.PromptTraining;
import dev.refrain.connectors.prompt.PromptTuningSettings;

/**
 * Everything that decides the two prompts of a model, the exercises aside.
 *
 * @param length P, vectors of each
 * @param steps of the optimiser for each
 * @param learningRate above 0
 * @param examples that each is tuned on, 1 or more
 * @param questions that both are measured on, 1 or more
 * @param seed decides first vectors and order
 */
public record HousePromptsRecipe(
    int length, long steps, double learningRate, int examples, int questions, long seed) {
  private static final int MICRO_BATCHES = 2;
  private static final int BATCH = 16;

  public HousePromptsRecipe {
    require("examples", examples);
    require("questions", questions);
  }

  private static void require(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s is %d, must be 1 or more".formatted(name, value));
    }
  }

  PromptTraining training(int lanes) {
    return new PromptTraining(
        new PromptTuningSettings(length, BATCH, seed), steps, learningRate, MICRO_BATCHES, lanes);
  }
}
