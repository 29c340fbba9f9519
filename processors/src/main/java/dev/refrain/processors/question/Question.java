package dev.refrain.processors.question;

import java.time.Instant;
import java.util.Map;

/**
 * A question as its asker put it.
 *
 * @param id unique id chosen by the asker
 * @param text the question in plain words
 * @param task name of a configured task
 * @param askedAt when it was asked
 * @param deadline when an answer is no longer wanted
 * @param attributes the asker's labels, carried to the answer
 */
public record Question(
    String id,
    String text,
    String task,
    Instant askedAt,
    Instant deadline,
    Map<String, String> attributes) {

  public Question {
    attributes = Map.copyOf(attributes);
  }
}
