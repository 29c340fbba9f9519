package dev.refrain.connectors.house;

/** Parts of the exercises that share none. */
public enum Fold {
  /** What the prompt of the first pass is tuned on. */
  READER(0),
  /** What the prompt of the second pass is tuned on. */
  CHOOSER(1),
  /** What both are measured on, with invented names of its own. */
  HELD_OUT(2);

  private static final int FOLDS = 3;

  private final int remainder;

  Fold(int remainder) {
    this.remainder = remainder;
  }

  /** The number, among all exercises, of the one at a place of this fold. */
  long number(long place) {
    return place * FOLDS + remainder;
  }
}
