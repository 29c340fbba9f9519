package dev.refrain.topology.evaluate;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.refrain.processors.scoring.AnswerMatcher;
import dev.refrain.processors.scoring.AnswerScore;
import dev.refrain.topology.client.Ending;
import dev.refrain.topology.client.Evidence;
import dev.refrain.topology.client.QuestionFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one question ended, and how good that was. Everything but the times is the same at every run
 * over the same index, model and configuration.
 *
 * @param id the question's id in its file
 * @param kind what kind of question it is; empty where its file does not say
 * @param question its text
 * @param status how it ended
 * @param answer what was answered; null where nothing was
 * @param reason why nothing was
 * @param answers the accepted answers
 * @param exactMatch 1 where the answer is an accepted one after normalisation, else 0
 * @param f1 best token F1 against an accepted answer, in [0, 1]
 * @param recall 1 where a passage in the reader's context contains an accepted answer, else 0
 * @param confidence estimated probability that the answer is right, in [0, 1]
 * @param passes passes of the frozen model
 * @param evidence ids of the passages in the context, best first
 * @param promptTokens prompt tokens of all passes
 * @param generatedTokens generated tokens of all passes and samples
 * @param times what it took
 */
@JsonPropertyOrder({
  "id",
  "kind",
  "question",
  "status",
  "answer",
  "reason",
  "answers",
  "exactMatch",
  "f1",
  "recall",
  "confidence",
  "passes",
  "evidence",
  "promptTokens",
  "generatedTokens",
  "times"
})
public record Graded(
    String id,
    String kind,
    String question,
    Ending.Status status,
    @Nullable String answer,
    @Nullable String reason,
    List<String> answers,
    int exactMatch,
    double f1,
    int recall,
    double confidence,
    int passes,
    List<String> evidence,
    int promptTokens,
    int generatedTokens,
    Times times) {

  /**
   * What a question took.
   *
   * @param milliseconds from asking to ending
   * @param acceleratorMilliseconds accelerator time of all passes
   */
  public record Times(double milliseconds, double acceleratorMilliseconds) {}

  public Graded {
    answers = List.copyOf(answers);
    evidence = List.copyOf(evidence);
  }

  /** Grades an ending against the accepted answers of its question. */
  public static Graded of(QuestionFile.Line line, Ending ending) {
    String answer = ending.text();
    AnswerMatcher matcher = AnswerMatcher.of(line.answers());
    boolean found = ending.evidence().stream().anyMatch(e -> matcher.occursIn(e.text()));
    return new Graded(
        line.id(),
        line.kind(),
        line.text(),
        ending.status(),
        answer,
        ending.reason(),
        line.answers(),
        answer != null && AnswerScore.exactMatch(answer, line.answers()) ? 1 : 0,
        answer == null ? 0 : AnswerScore.f1(answer, line.answers()),
        found ? 1 : 0,
        ending.confidence(),
        ending.passes(),
        ending.evidence().stream().map(Evidence::id).toList(),
        ending.cost().promptTokens(),
        ending.cost().generatedTokens(),
        new Times(ending.milliseconds(), ending.cost().milliseconds()));
  }
}
