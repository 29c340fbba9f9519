package dev.refrain.topology.config;

import java.time.Duration;
import java.util.List;

/**
 * Section {@code questions}: which questions are taken.
 *
 * @param tasks names of the tasks that may be asked for, at least one
 * @param maxCharacters longest question in characters, 1 or more
 * @param timeLimit how long an answer may take where the question has no deadline of its own
 */
public record QuestionsConfig(List<String> tasks, int maxCharacters, Duration timeLimit) {

  public QuestionsConfig {
    tasks = List.copyOf(tasks);
    Require.that(
        !tasks.isEmpty() && tasks.stream().noneMatch(String::isBlank),
        "tasks",
        tasks,
        "one name or more, none empty");
    Require.atLeast(1, "maxCharacters", maxCharacters);
    Require.positive("timeLimit", timeLimit);
  }
}
