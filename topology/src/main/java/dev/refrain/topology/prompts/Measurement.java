package dev.refrain.topology.prompts;

import dev.refrain.connectors.house.TwoPassExercise;
import dev.refrain.connectors.house.TwoPassExercise.Telling;
import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.scoring.AnswerScore;
import dev.refrain.processors.work.GenerationSettings;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.topology.prompts.PassScore.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks held-out questions with and without the soft prompts.
 *
 * @param plain asks the model alone
 * @param tuned asks it behind its prompts
 * @param firstPass makes the candidates, as the chooser's were made that it was tuned on
 */
record Measurement(WorkRequests plain, WorkRequests tuned, FirstPass firstPass) {

  /**
   * What one pass made of one question.
   *
   * @param held whether the candidates held the answer; null where none are shown
   */
  record Reading(
      Pass pass, Telling telling, boolean plain, boolean tuned, @Nullable Boolean held) {}

  /** Asks one question in every pass that has one right answer and something to choose from. */
  List<Reading> of(TwoPassExercise exercise, Reader reader) {
    List<Reading> readings = new ArrayList<>();
    PassPrompts prompts = reader.prompts();
    String answer = exercise.second().answer();
    if (exercise.telling() != Telling.TWO_STEP) {
      String first = exercise.first().answer();
      readings.add(
          reading(Pass.FIRST, exercise, asked(reader, prompts.first(exercise), first), null));
    }
    readings.add(
        reading(Pass.AGAIN, exercise, asked(reader, prompts.readingAgain(exercise), answer), null));
    List<Candidate> candidates = firstPass.candidates(exercise, reader);
    if (!candidates.isEmpty()) {
      boolean held = candidates.stream().anyMatch(one -> isRight(one.text(), answer));
      PendingQuestion choosing = prompts.choosing(exercise, candidates);
      readings.add(reading(Pass.CHOOSING, exercise, asked(reader, choosing, answer), held));
    }
    return readings;
  }

  private static Reading reading(
      Pass pass, TwoPassExercise exercise, Right right, @Nullable Boolean held) {
    return new Reading(pass, exercise.telling(), right.plain(), right.tuned(), held);
  }

  /** Whether the answer was right without and with the soft prompt. */
  private record Right(boolean plain, boolean tuned) {}

  private Right asked(Reader reader, PendingQuestion pending, String answer) {
    return new Right(
        isRight(says(reader, plain, pending), answer),
        isRight(says(reader, tuned, pending), answer));
  }

  private static String says(Reader reader, WorkRequests requests, PendingQuestion pending) {
    GenerationSettings greedy = reader.prompts().settings().reading().generation().greedyOnly();
    return reader
        .ask(requests, pending, greedy)
        .map(sequences -> sequences.getFirst().text())
        .orElse("");
  }

  private static boolean isRight(String said, String answer) {
    return answer.isEmpty() ? said.isBlank() : AnswerScore.exactMatch(said, List.of(answer));
  }

  /** The scores of each pass, all questions together behind its kinds. */
  static List<PassScore> scores(List<Reading> readings) {
    List<PassScore> scores = new ArrayList<>();
    for (Pass pass : Pass.values()) {
      List<Reading> ofPass = readings.stream().filter(one -> one.pass() == pass).toList();
      for (Telling telling : Telling.values()) {
        List<Reading> told = ofPass.stream().filter(one -> one.telling() == telling).toList();
        if (!told.isEmpty()) {
          scores.add(score(pass, telling, told));
        }
      }
      scores.add(score(pass, null, ofPass));
    }
    return scores;
  }

  private static PassScore score(Pass pass, @Nullable Telling telling, List<Reading> readings) {
    return new PassScore(
        pass,
        telling,
        readings.size(),
        share(readings, Reading::plain),
        share(readings, Reading::tuned),
        pass == Pass.CHOOSING ? share(readings, one -> Boolean.TRUE.equals(one.held())) : null);
  }

  private static double share(List<Reading> readings, Predicate<Reading> holds) {
    return readings.stream().mapToDouble(one -> holds.test(one) ? 1 : 0).average().orElse(0);
  }
}
