package dev.refrain.processors.packing;

import java.util.List;

/**
 * What counts as an answer.
 *
 * @param form what an answer may be made of
 * @param noAnswer texts with which the model declines to answer, none blank; may be empty
 * @param declinePenalty nats taken from declining where answers are spans and the passages say
 *     nothing of what is asked
 * @param coveragePenalty nats taken besides where they say all of it, and in between in proportion
 */
public record AnswerSettings(
    Form form, List<String> noAnswer, double declinePenalty, double coveragePenalty) {
  /** Any text, and no way to decline. */
  public static final AnswerSettings FREE = new AnswerSettings(Form.FREE, List.of());

  /** Declining is as likely as the model says. */
  public AnswerSettings(Form form, List<String> noAnswer) {
    this(form, noAnswer, 0, 0);
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
    requireFinite("declinePenalty", declinePenalty);
    requireFinite("coveragePenalty", coveragePenalty);
  }

  /**
   * Nats taken from declining.
   *
   * @param coverage share of what is asked that the passages say, in [0, 1]
   * @return 0 or more
   */
  double penaltyAt(double coverage) {
    return Math.max(0, declinePenalty + coveragePenalty * coverage);
  }

  private static void requireFinite(String name, double penalty) {
    if (!Double.isFinite(penalty)) {
      throw new IllegalArgumentException("%s is %s, must be a number".formatted(name, penalty));
    }
  }
}
