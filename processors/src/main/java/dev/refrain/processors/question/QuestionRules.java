package dev.refrain.processors.question;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which questions are let in.
 *
 * @param tasks names of the tasks that may be asked for; not empty
 * @param maxCharacters longest question, in UTF-16 units; 1 or more
 * @param timeLimit time from asking to the deadline where the asker set none; positive
 */
public record QuestionRules(List<String> tasks, int maxCharacters, Duration timeLimit) {

  public QuestionRules {
    tasks = List.copyOf(tasks);
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("tasks is empty, must name at least one task");
    }
    if (maxCharacters < 1) {
      throw new IllegalArgumentException(
          "maxCharacters is %d, must be 1 or more".formatted(maxCharacters));
    }
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      throw new IllegalArgumentException("timeLimit is %s, must be positive".formatted(timeLimit));
    }
  }

  /** Why a question is not let in, or empty if it is. */
  public Optional<String> objection(Question question, Instant now) {
    if (question.text().isBlank()) {
      return Optional.of("The question is empty: put words in its text.");
    }
    if (question.text().length() > maxCharacters) {
      return Optional.of(
          "The question has %d characters, at most %d are allowed: shorten it or raise questions.maxCharacters."
              .formatted(question.text().length(), maxCharacters));
    }
    if (!tasks.contains(question.task())) {
      return Optional.of("Unknown task '%s': the tasks are %s.".formatted(question.task(), tasks));
    }
    if (!question.deadline().isAfter(now)) {
      return Optional.of(
          "The deadline %s had passed when the question arrived at %s."
              .formatted(question.deadline(), now));
    }
    return Optional.empty();
  }
}
