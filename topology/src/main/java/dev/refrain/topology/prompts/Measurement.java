package dev.refrain.topology.prompts;

import dev.refrain.connectors.house.TwoPassExercise;
import dev.refrain.connectors.house.TwoPassExercise.Telling;
import dev.refrain.processors.difficulty.Sample;
import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.scoring.AnswerScore;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.topology.prompts.PassScore.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @param held whether the candidates held the answer; null without candidates
   */
  record Reading(
      Pass pass, Telling telling, boolean plain, boolean tuned, @Nullable Boolean held) {}

  /** Asks one question in both passes; once only where there is nothing to choose from. */
  List<Reading> of(TwoPassExercise exercise, Reader reader) {
    List<Reading> readings = new ArrayList<>();
    String answer = exercise.second().answer();
    PendingQuestion read = reader.prompts().reading(exercise, exercise.second());
    readings.add(reading(Pass.READER, exercise, reader, read, null));
    List<Candidate> candidates = firstPass.candidates(exercise, reader);
    if (!candidates.isEmpty()) {
      boolean held = candidates.stream().anyMatch(one -> isRight(one.text(), answer));
      PendingQuestion chosen = reader.prompts().choosing(exercise, candidates);
      readings.add(reading(Pass.CHOOSER, exercise, reader, chosen, held));
    }
    return readings;
  }

  private Reading reading(
      Pass pass,
      TwoPassExercise exercise,
      Reader reader,
      PendingQuestion pending,
      @Nullable Boolean held) {
    return new Reading(
        pass,
        exercise.telling(),
        isRight(exercise, reader, plain, pending),
        isRight(exercise, reader, tuned, pending),
        held);
  }

  private static boolean isRight(
      TwoPassExercise exercise, Reader reader, WorkRequests requests, PendingQuestion pending) {
    Optional<List<Sample>> said =
        reader.ask(requests, pending, reader.prompts().settings().generation().greedyOnly());
    return said.isPresent() && isRight(said.get().getFirst().text(), exercise.second().answer());
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
        scores.add(score(pass, telling, told));
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
        pass == Pass.CHOOSER ? share(readings, one -> Boolean.TRUE.equals(one.held())) : null);
  }

  private static double share(List<Reading> readings, Predicate<Reading> holds) {
    return readings.stream().mapToDouble(one -> holds.test(one) ? 1 : 0).average().orElse(0);
  }
}
