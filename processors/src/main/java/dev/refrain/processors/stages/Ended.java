package dev.refrain.processors.stages;

import dev.refrain.processors.question.Outcome;
import dev.refrain.processors.question.PendingQuestion;

/**
 * A question that is over, on its way to emit-answer.
 *
 * @param pending the question as it was last
 * @param outcome how it ends
 * @param policy which policy decided
 */
public record Ended(PendingQuestion pending, Outcome outcome, PolicyVersion policy) {

  static Ended failed(PendingQuestion pending, String reason) {
    return new Ended(pending, new Outcome.Failed(reason), PolicyVersion.NONE);
  }
}
