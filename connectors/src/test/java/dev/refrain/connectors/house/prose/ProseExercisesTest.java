package dev.refrain.connectors.house.prose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.connectors.house.worlds.Article;
import dev.refrain.connectors.house.worlds.Asked;
import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Kind;
import dev.refrain.connectors.house.worlds.Stage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On fourteen short articles written for this test. */
class ProseExercisesTest {
  private static final Stage STAGE = new Stage(1, 4, 2, 6, 5);
  private static final int EXERCISES = 400;
  private static final List<String> NAMES =
      List.of(
          "Velmark",
          "Velmarkian",
          "Ostrania",
          "Toruna",
          "Aldo",
          "Harrow",
          "Ina",
          "Kesten",
          "Olm",
          "Peter",
          "Sarn",
          "Merrin",
          "Lorne",
          "Dora",
          "Finch",
          "Harl",
          "Tobren",
          "Quill");

  private static ProseExercises prose;

  static Path corpus() {
    try {
      return Path.of(
          Objects.requireNonNull(ProseExercisesTest.class.getResource("corpus.jsonl")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void read() throws IOException {
    prose = ProseExercises.read(corpus(), List.of(), 3, word -> word.equals("cheese"));
  }

  @Test
  void makesTheSameExerciseForTheSameSeedAndNumber() throws IOException {
    ProseExercises again =
        ProseExercises.read(corpus(), List.of(), 3, word -> word.equals("cheese"));
    ProseExercises other =
        ProseExercises.read(corpus(), List.of(), 4, word -> word.equals("cheese"));

    for (int number = 0; number < 50; number++) {
      assertThat(again.exercise(number, STAGE)).isEqualTo(prose.exercise(number, STAGE));
    }
    assertThat(other.exercise(1, STAGE)).isNotEqualTo(prose.exercise(1, STAGE));
    assertThat(prose.exercise(2, STAGE)).isNotEqualTo(prose.exercise(1, STAGE));
  }

  @Test
  void answersWithSpansOfAnArticleWithoutItsLeadingArticle() {
    for (int number = 0; number < EXERCISES; number++) {
      Exercise exercise = prose.exercise(number, STAGE);
      for (Asked asked : exercise.questions()) {
        if (asked.kind() == Kind.INVERSE) {
          assertThat(exercise.articles()).extracting(Article::title).contains(asked.answer());
        } else if (asked.kind() != Kind.UNANSWERABLE) {
          assertThat(exercise.articles())
              .as("%s => %s", asked.question(), asked.answer())
              .anyMatch(article -> article.text().contains(asked.answer()));
          assertThat(asked.answer()).doesNotMatch("(a|an|the|his|its) .*");
        }
      }
    }
  }

  @Test
  void keepsNoNameOfTheCorpus() {
    Pattern names = Pattern.compile("\\b(" + String.join("|", NAMES) + ")\\b");
    for (int number = 0; number < EXERCISES; number++) {
      assertThat(prose.exercise(number, STAGE).toString()).doesNotContainPattern(names);
    }
  }

  @Test
  void givesTheSameArticleOtherNamesInOtherExercises() {
    List<String> texts =
        java.util.stream.LongStream.range(0, EXERCISES)
            .boxed()
            .flatMap(number -> prose.exercise(number, STAGE).articles().stream())
            .map(Article::title)
            .toList();

    assertThat(texts.stream().distinct().count()).isGreaterThan(texts.size() * 3L / 4);
  }

  @Test
  void leavesOutSentencesWithBannedWords() {
    for (int number = 0; number < EXERCISES; number++) {
      assertThat(prose.exercise(number, STAGE).toString()).doesNotContainIgnoringCase("cheese");
    }
  }

  @Test
  void staysWithinTheStage() {
    for (int number = 0; number < EXERCISES; number++) {
      Exercise exercise = prose.exercise(number, STAGE);
      assertThat(exercise.articles()).hasSizeBetween(1, 4);
      assertThat(exercise.questions()).hasSizeLessThanOrEqualTo(5);
    }
  }

  @Test
  void asksQuestionsOfSeveralKinds() {
    Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
    int questions = 0;
    for (int number = 0; number < EXERCISES; number++) {
      for (Asked asked : prose.exercise(number, STAGE).questions()) {
        kinds.merge(asked.kind(), 1, Integer::sum);
        questions++;
      }
    }

    assertThat(questions).isGreaterThan(2 * EXERCISES);
    assertThat(kinds).containsKeys(Kind.DIRECT, Kind.PARAPHRASED, Kind.INVERSE, Kind.UNANSWERABLE);
  }

  @Test
  void refusesACorpusWithoutUsableArticles(@TempDir Path folder) throws IOException {
    Path empty = folder.resolve("empty.jsonl");
    Files.writeString(empty, "{\"title\": \"A\", \"text\": \"Too short.\"}\n");

    assertThatThrownBy(() -> ProseExercises.read(empty, List.of(), 1, word -> false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 usable articles");
  }
}
