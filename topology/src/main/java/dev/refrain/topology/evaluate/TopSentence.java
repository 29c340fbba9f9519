package dev.refrain.topology.evaluate;

import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Retriever;
import dev.refrain.processors.scoring.AnswerMatcher;
import dev.refrain.processors.scoring.AnswerScore;
import dev.refrain.topology.client.QuestionFile;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The baseline without a model: of the first passage, the sentence that shares most tokens with the
 * question is the answer.
 *
 * @param exactMatch mean exact match over the questions with an accepted answer, in [0, 1]
 * @param f1 mean F1
 * @param contains share of those questions whose accepted answer stands in the sentence
 */
public record TopSentence(double exactMatch, double f1, double contains) {

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
    Set<String> asked = new HashSet<>(AnswerMatcher.tokens(question));
    String best = "";
    long most = -1;
    for (Hit hit : hits) {
      for (String sentence : sentences(hit.passage().text())) {
        long shared =
            AnswerMatcher.tokens(sentence).stream().distinct().filter(asked::contains).count();
        if (shared > most) {
          most = shared;
          best = sentence;
        }
      }
    }
    return best;
  }

  private static List<String> sentences(String text) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text);
    List<String> sentences = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      sentences.add(text.substring(start, end).strip());
      start = end;
    }
    return sentences;
  }
}
