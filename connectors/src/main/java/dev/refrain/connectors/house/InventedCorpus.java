package dev.refrain.connectors.house;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.refrain.connectors.house.worlds.Article;
import dev.refrain.connectors.house.worlds.Asked;
import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Exercises;
import dev.refrain.connectors.house.worlds.Kind;
import dev.refrain.connectors.house.worlds.Stage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Articles that nobody can have read, and questions about them: to set thresholds by, and to try a
 * model on. All articles make one corpus, so that the right one must be found first.
 *
 * @param exercises where articles and questions come from
 * @param size exercises to take, from number 0 on
 */
public record InventedCorpus(Exercises exercises, int size) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Stage STAGE = new Stage(1, 3, 2, 6, 4);

  /**
   * Writes {@code corpus.jsonl}, for {@code refrain index}, and {@code questions.jsonl}, for {@code
   * refrain evaluate}. An exercise that names an article as an earlier one did is left out.
   *
   * @return how many questions were written
   */
  public int write(Path folder) throws IOException {
    Files.createDirectories(folder);
    int written = 0;
    Set<String> titles = new HashSet<>();
    try (BufferedWriter corpus = Files.newBufferedWriter(folder.resolve("corpus.jsonl"));
        BufferedWriter questions = Files.newBufferedWriter(folder.resolve("questions.jsonl"))) {
      for (int number = 0; number < size; number++) {
        Exercise exercise = exercises.exercise(number, STAGE);
        List<String> named = exercise.articles().stream().map(Article::title).toList();
        if (named.stream().noneMatch(titles::contains)) {
          titles.addAll(named);
          for (Told article : articles(number, exercise)) {
            corpus.append(JSON.writeValueAsString(article)).append('\n');
          }
          for (Question question : questions(number, exercise)) {
            questions.append(JSON.writeValueAsString(question)).append('\n');
            written++;
          }
        }
      }
    }
    return written;
  }

  private record Told(String id, String title, String text) {}

  private record Question(String id, String question, List<String> answers, String kind) {}

  private static List<Told> articles(int number, Exercise exercise) {
    List<Told> told = new ArrayList<>();
    for (Article article : exercise.articles()) {
      told.add(new Told(number + "-" + told.size(), article.title(), article.text()));
    }
    return told;
  }

  /** Whatever has one answer, or none: a question that is told by halves has neither. */
  private static List<Question> questions(int number, Exercise exercise) {
    List<Question> questions = new ArrayList<>();
    for (Asked asked : exercise.questions()) {
      if (asked.kind() != Kind.HALF_TOLD) {
        String kind = asked.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        List<String> answers = asked.answer().isEmpty() ? List.of() : List.of(asked.answer());
        String id = number + "-" + questions.size();
        questions.add(new Question(id, asked.question(), answers, kind));
      }
    }
    return questions;
  }
}
