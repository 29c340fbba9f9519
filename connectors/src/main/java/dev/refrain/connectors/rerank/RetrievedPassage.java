package dev.refrain.connectors.rerank;

/**
 * A passage as retrieval found it.
 *
 * @param title title of its document; may be empty
 * @param text text of the passage, without its title
 * @param score score of the retrieval, finite; comparable within one list only
 */
public record RetrievedPassage(String title, String text, double score) {
  public RetrievedPassage {
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("score is %s, must be finite".formatted(score));
    }
  }
}
