package dev.refrain.topology.prompts;

import dev.refrain.connectors.training.TrainingListener;

/** Is told how far the making of two prompts has come, on the thread that makes them. */
public interface HousePromptsListener {

  /** A prompt is about to be tuned; what follows is told to the listener that this returns. */
  TrainingListener tuning(String prompt, long steps);

  /**
   * Something else goes on.
   *
   * @param task what
   * @param done of it, so many are
   * @param all and so many shall be
   */
  void progress(String task, long done, long all);
}
