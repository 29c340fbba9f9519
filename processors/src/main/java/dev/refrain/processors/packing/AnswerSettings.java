package dev.refrain.processors.packing;

import java.util.List;

/**
 * What counts as an answer.
 *
 * @param form what an answer may be made of
 * @param noAnswer texts with which the model declines to answer, none blank; may be empty
 */
public record AnswerSettings(Form form, List<String> noAnswer) {
  /** Any text, and no way to decline. */
  public static final AnswerSettings FREE = new AnswerSettings(Form.FREE, List.of());

  /** What an answer may be made of. */
  public enum Form {
    /** Whatever the model says. */
    FREE,
    /** A run of whole words of a packed passage or an offered candidate, or of noAnswer. */
    SPAN,
    /** The same without the words of the question, but for longer names. */
    NEW_SPAN
  }

  public AnswerSettings {
    noAnswer = List.copyOf(noAnswer);
    if (noAnswer.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "noAnswer is %s, must be texts, none blank".formatted(noAnswer));
    }
  }
}
