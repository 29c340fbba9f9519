package dev.refrain.processors.packing;

import java.util.List;

/**
 * What counts as an answer.
 *
 * @param form what an answer may be made of
 * @param noAnswer texts with which the model declines to answer, none blank; may be empty
 * @param declinePenalty nats taken from declining where answers are spans, 0 or more
 */
public record AnswerSettings(Form form, List<String> noAnswer, double declinePenalty) {
  /** Any text, and no way to decline. */
  public static final AnswerSettings FREE = new AnswerSettings(Form.FREE, List.of());

  /** Declining is as likely as the model says. */
  public AnswerSettings(Form form, List<String> noAnswer) {
    this(form, noAnswer, 0);
  }

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
    if (!(declinePenalty >= 0 && Double.isFinite(declinePenalty))) {
      throw new IllegalArgumentException(
          "declinePenalty is %s, must be a number, 0 or more".formatted(declinePenalty));
    }
  }
}
