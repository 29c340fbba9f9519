package dev.refrain.connectors.house.worlds;

/**
 * A question about an exercise's articles.
 *
 * @param answer a contiguous span of some article's text, without a leading article; for {@link
 *     Kind#INVERSE} a title; empty for {@link Kind#UNANSWERABLE} and only there
 */
public record Asked(String question, String answer, Kind kind) {
  public Asked {
    if (answer.isEmpty() != (kind == Kind.UNANSWERABLE)) {
      throw new IllegalArgumentException(
          "answer is '%s', must be empty for UNANSWERABLE and only there, kind is %s"
              .formatted(answer, kind));
    }
  }
}
