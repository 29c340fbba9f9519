package dev.refrain.connectors.training;

/** Is told of a run's progress, on the thread that trains. */
public interface TrainingListener {

  /** A step has ended. */
  void step(TrainingStep step);

  /**
   * A checkpoint of the last step is about to take its place. What shall survive a killed run
   * together with it must be on disk when this returns.
   */
  default void checkpoint() {}

  /** Whether the run shall end after this step, with a checkpoint. */
  default boolean stops() {
    return false;
  }
}
