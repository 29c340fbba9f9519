package dev.refrain.connectors.training;

/** Is told of a run's progress, on the thread that trains. */
public interface TrainingListener {

  /** A step has ended. */
  void step(TrainingStep step);

  /** Whether the run shall end after this step, with a checkpoint. */
  default boolean stops() {
    return false;
  }
}
