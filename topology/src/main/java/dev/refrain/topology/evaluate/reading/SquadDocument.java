package dev.refrain.topology.evaluate.reading;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.scoring.GoldQuestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of SQuAD, version 1.1 or 2.0 (Rajpurkar et al., "SQuAD: 100,000+ Questions for Machine
 * Comprehension of Text"; "Know What You Don't Know"), as it stands in JSON. Titles are names of
 * Wikipedia's pages, with underscores for blanks.
 */
record SquadDocument(List<Article> data) {
  SquadDocument {
    Member.list("data", data);
  }

  /** A Wikipedia page. */
  record Article(@Nullable String title, List<Paragraph> paragraphs) {
    Article {
      Member.list("paragraphs", paragraphs);
    }
  }

  /** A paragraph of a page with its questions. */
  record Paragraph(String context, List<Question> qas) {
    Paragraph {
      Member.text("context", context);
      Member.list("qas", qas);
    }
  }

  /**
   * A question on a paragraph.
   *
   * @param impossible whether the paragraph does not answer it; there are no answers then
   */
  record Question(
      @Nullable String id,
      String question,
      @Nullable List<Answer> answers,
      @JsonProperty("is_impossible") boolean impossible) {
    Question {
      Member.text("question", question);
      if (!impossible) {
        Member.some("answers", answers);
      }
    }

    private GoldQuestion gold(int number) {
      List<Answer> given = answers == null ? List.of() : answers;
      return new GoldQuestion(
          id == null ? Integer.toString(number) : id,
          question,
          given.stream().map(Answer::text).distinct().toList());
    }
  }

  /** An accepted answer. */
  record Answer(String text) {
    Answer {
      Member.text("text", text);
    }
  }

  /** The questions with an answer. */
  ReadingFile file(Path path) {
    List<ReadingQuestion> questions = new ArrayList<>();
    int unanswerable = 0;
    for (Article article : data) {
      String title = article.title() == null ? "" : article.title().replace('_', ' ');
      for (Paragraph paragraph : article.paragraphs()) {
        Passage passage = ReadingQuestion.paragraph(title, title, paragraph.context());
        for (Question question : paragraph.qas()) {
          if (question.impossible()) {
            unanswerable++;
          } else {
            GoldQuestion gold = question.gold(questions.size() + unanswerable + 1);
            questions.add(new ReadingQuestion(gold, passage));
          }
        }
      }
    }
    return new ReadingFile(path, questions, unanswerable);
  }
}
