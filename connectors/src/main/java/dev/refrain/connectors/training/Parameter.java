package dev.refrain.connectors.training;

import ai.djl.ndarray.NDArray;

/**
 * An array that learns.
 *
 * @param name unique within its task
 * @param values the numbers, float, changed in place; whoever made them closes them
 * @param decays whether weight decay applies
 */
public record Parameter(String name, NDArray values, boolean decays) {
  private static final int MATRIX = 2;

  /** A parameter of which matrices decay and vectors do not. */
  public static Parameter of(String name, NDArray values) {
    return new Parameter(name, values, values.getShape().dimension() >= MATRIX);
  }
}
