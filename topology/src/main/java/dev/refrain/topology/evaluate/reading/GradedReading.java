package dev.refrain.topology.evaluate.reading;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.refrain.processors.scoring.AnswerMatcher;
import dev.refrain.processors.scoring.AnswerScore;
import dev.refrain.processors.scoring.GoldQuestion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model made of a question whose gold paragraph was before it, and how good that was.
 *
 * @param file the file of the question
 * @param id the question's id there, or its number
 * @param question its text
 * @param answer what was answered; null where nothing was
 * @param answers the accepted answers
 * @param exactMatch 1 where the answer is an accepted one after normalisation, else 0
 * @param f1 best token F1 against an accepted answer, in [0, 1]
 * @param confidence see {@link GoldReader.Reading}
 * @param cut whether only the beginning of the paragraph fitted the context
 * @param answerCut whether an accepted answer stands in the paragraph and none in that beginning
 */
@JsonPropertyOrder({
  "file",
  "id",
  "question",
  "answer",
  "answers",
  "exactMatch",
  "f1",
  "confidence",
  "cut",
  "answerCut"
})
public record GradedReading(
    String file,
    String id,
    String question,
    @Nullable String answer,
    List<String> answers,
    int exactMatch,
    double f1,
    double confidence,
    boolean cut,
    boolean answerCut) {

  public GradedReading {
    answers = List.copyOf(answers);
  }

  /** Grades a reading. */
  static GradedReading of(String file, ReadingQuestion asked, GoldReader.Reading reading) {
    GoldQuestion gold = asked.question();
    String answer = reading.answer();
    boolean cut = !reading.paragraph().equals(asked.paragraph());
    AnswerMatcher matcher = AnswerMatcher.of(gold.answers());
    return new GradedReading(
        file,
        gold.id(),
        gold.text(),
        answer,
        gold.answers(),
        answer != null && AnswerScore.exactMatch(answer, gold.answers()) ? 1 : 0,
        answer == null ? 0 : AnswerScore.f1(answer, gold.answers()),
        reading.confidence(),
        cut,
        cut
            && matcher.occursIn(asked.paragraph().text())
            && !matcher.occursIn(reading.paragraph().text()));
  }
}
