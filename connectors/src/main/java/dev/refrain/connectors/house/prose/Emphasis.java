package dev.refrain.connectors.house.prose;

/**
 * A sentence that must be told, or must not be.
 *
 * @param sentence its index in the passage; the first is always told
 * @param told whether it is
 */
record Emphasis(int sentence, boolean told) {
  /** All sentences are alike. */
  static final Emphasis NONE = new Emphasis(-1, true);
}
