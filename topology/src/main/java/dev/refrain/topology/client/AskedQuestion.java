package dev.refrain.topology.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A question to ask.
 *
 * @param id unique; a second question with the same id is suppressed and never answered
 * @param text the question in plain words
 * @param task name of a configured task, {@code qa} by default
 * @param timeLimit how long an answer is wanted, positive
 * @param attributes the asker's own labels, on the answer untouched
 */
public record AskedQuestion(
    String id, String text, String task, Duration timeLimit, Map<String, String> attributes) {

  public AskedQuestion {
    attributes = Map.copyOf(attributes);
    if (id.isBlank()) {
      throw new IllegalArgumentException("id is \"%s\", must not be empty".formatted(id));
    }
    if (!timeLimit.isPositive()) {
      throw new IllegalArgumentException(
          "timeLimit of question %s is %s, must be positive".formatted(id, timeLimit));
    }
  }

  /** A question of the task {@code qa} without labels. */
  public static AskedQuestion of(String id, String text, Duration timeLimit) {
    return new AskedQuestion(id, text, "qa", timeLimit, Map.of());
  }

  /**
   * The questions of a file. Ids are new in each run, as a question that is asked again under an
   * old id is suppressed; the file's own ids stay on the answers as attribute {@code id}.
   *
   * @param run put before the number of each question; unique to this run
   */
  public static List<AskedQuestion> all(
      List<QuestionFile.Line> lines, String run, Duration timeLimit) {
    List<AskedQuestion> questions = new ArrayList<>();
    for (QuestionFile.Line line : lines) {
      String id = lines.size() == 1 ? run : run + "-" + (questions.size() + 1);
      Map<String, String> attributes = line.id().isEmpty() ? Map.of() : Map.of("id", line.id());
      questions.add(new AskedQuestion(id, line.text(), line.task(), timeLimit, attributes));
    }
    return questions;
  }
}
