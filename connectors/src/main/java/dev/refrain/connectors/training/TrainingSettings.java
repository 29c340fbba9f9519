package dev.refrain.connectors.training;

/**
 * How a task is trained.
 *
 * @param steps of the optimiser, 1 or more
 * @param microBatches gradients added up for one step, 1 or more
 * @param lanes micro-batches computed at once, 1 or more; does not change the numbers
 * @param schedule learning rate
 * @param adam the optimiser's constants
 * @param clip largest norm of the gradient, 0 for any
 */
public record TrainingSettings(
    long steps, int microBatches, int lanes, Schedule schedule, Adam adam, double clip) {

  /**
   * Constants of AdamW (arXiv:1711.05101).
   *
   * @param beta1 decay of the first moments, in [0, 1)
   * @param beta2 decay of the second moments, in [0, 1)
   * @param epsilon added to the root of the second moments, above 0
   * @param weightDecay decoupled weight decay, 0 or more
   */
  public record Adam(double beta1, double beta2, double epsilon, double weightDecay) {
    public Adam {
      require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "in [0, 1)");
      require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "in [0, 1)");
      require(epsilon > 0, "epsilon", epsilon, "above 0");
      require(weightDecay >= 0, "weightDecay", weightDecay, "0 or more");
    }
  }

  public TrainingSettings {
    require(steps >= 1, "steps", steps, "1 or more");
    require(microBatches >= 1, "microBatches", microBatches, "1 or more");
    require(lanes >= 1, "lanes", lanes, "1 or more");
    require(clip >= 0, "clip", clip, "0 or more");
  }

  /** Digest of a run: its task's and the settings that decide the numbers, all but the lanes. */
  public String digest(String task) {
    return "%s; steps %d, microBatches %d, %s, %s, clip %s"
        .formatted(task, steps, microBatches, schedule, adam, clip);
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, must be %s".formatted(name, value, range));
    }
  }
}
