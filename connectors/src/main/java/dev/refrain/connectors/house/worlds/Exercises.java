package dev.refrain.connectors.house.worlds;

/** Any number of exercises in reading, each from its own number. Safe for use by many threads. */
@FunctionalInterface
public interface Exercises {

  /**
   * The exercise of this number.
   *
   * @return the same for the same number and stage, whatever was asked before
   */
  Exercise exercise(long number, Stage stage);
}
