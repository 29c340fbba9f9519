package dev.refrain.connectors.house.tokenizer;

/**
 * Two tokens that become one.
 *
 * @param left its first part
 * @param right its second part
 */
record Merge(String left, String right) {
  /** The token that they become. */
  String merged() {
    return left + right;
  }
}
