package dev.refrain.processors.question;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How a question ends. */
public sealed interface Outcome {

  /**
   * With an answer.
   *
   * @param text the answer, not blank
   * @param confidence estimated probability that it is right, in [0, 1]
   */
  record Answered(String text, double confidence) implements Outcome {}

  /**
   * Held back, because the best answer was too doubtful.
   *
   * @param reason the comparison that decided, with its numbers
   * @param confidence estimated probability that the answer held back is right, in [0, 1]
   */
  record Abstained(String reason, double confidence) implements Outcome {}

  /**
   * Without an answer, for a reason the asker can do something about.
   *
   * @param reason what went wrong, with the values
   */
  record Failed(String reason) implements Outcome {}

  /**
   * As a dead letter: its work could not be processed at any delivery.
   *
   * @param stage the pool that gave up
   * @param reason what went wrong
   * @param request raw bytes of the work request, if they are known
   */
  record Undeliverable(String stage, String reason, @Nullable ByteBuffer request)
      implements Outcome {}
}
