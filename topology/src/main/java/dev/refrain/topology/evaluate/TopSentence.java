package dev.refrain.topology.evaluate;

import dev.refrain.processors.relevance.Excerpts;
import dev.refrain.processors.relevance.SharedTerms;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Retriever;
import dev.refrain.processors.scoring.AnswerMatcher;
import dev.refrain.processors.scoring.AnswerScore;
import dev.refrain.topology.client.QuestionFile;
import java.util.List;

/**
 * The baseline without a model: of the first passage, the sentence that shares most terms with the
 * question is the answer.
 *
 * @param exactMatch mean exact match over the questions with an accepted answer, in [0, 1]
 * @param f1 mean F1
 * @param contains share of those questions whose accepted answer stands in the sentence
 */
public record TopSentence(double exactMatch, double f1, double contains) {
  private static final Excerpts ONE = new Excerpts(1, new SharedTerms());

  /** Answers questions with sentences. */
  public static TopSentence of(Retriever retriever, List<QuestionFile.Line> lines) {
    double exactMatch = 0;
    double f1 = 0;
    double contains = 0;
    int answerable = 0;
    for (QuestionFile.Line line : lines) {
      if (!line.answers().isEmpty()) {
        answerable++;
        String sentence = sentence(line.text(), retriever.retrieve(line.text(), 1));
        exactMatch += AnswerScore.exactMatch(sentence, line.answers()) ? 1 : 0;
        f1 += AnswerScore.f1(sentence, line.answers());
        contains += AnswerMatcher.of(line.answers()).occursIn(sentence) ? 1 : 0;
      }
    }
    int all = Math.max(1, answerable);
    return new TopSentence(exactMatch / all, f1 / all, contains / all);
  }

  private static String sentence(String question, List<Hit> hits) {
    return hits.isEmpty() ? "" : ONE.of(question, hits.getFirst().passage()).text();
  }
}
