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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
  private static ProseExercises asked;

  static Path corpus() {
    return resource("corpus.jsonl");
  }

  /** A file that lies beside this test. */
  static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(ProseExercisesTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void read() throws IOException {
    prose = ProseExercises.read(corpus(), List.of(), 3, word -> word.equals("cheese"));
    asked =
        ProseExercises.read(
            corpus(),
            List.of(DistantSupervisionTest.questions()),
            3,
            word -> word.equals("cheese"));
  }

  /** Without and with questions that people asked. */
  static List<ProseExercises> both() {
    return List.of(prose, asked);
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

  @ParameterizedTest
  @MethodSource("both")
  void answersWithSpansOfAnArticleWithoutItsLeadingArticle(ProseExercises source) {
    for (int number = 0; number < EXERCISES; number++) {
      Exercise exercise = source.exercise(number, STAGE);
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

  @ParameterizedTest
  @MethodSource("both")
  void keepsNoNameOfTheCorpus(ProseExercises source) {
    Pattern names = Pattern.compile("(?i)\\b(" + String.join("|", NAMES) + ")\\b");
    for (int number = 0; number < EXERCISES; number++) {
      assertThat(source.exercise(number, STAGE).toString()).doesNotContainPattern(names);
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

  @ParameterizedTest
  @MethodSource("both")
  void leavesOutSentencesWithBannedWords(ProseExercises source) {
    for (int number = 0; number < EXERCISES; number++) {
      assertThat(source.exercise(number, STAGE).toString()).doesNotContainIgnoringCase("cheese");
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void staysWithinTheStage(ProseExercises source) {
    for (int number = 0; number < EXERCISES; number++) {
      Exercise exercise = source.exercise(number, STAGE);
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
  void asksWhatPeopleAskedInOtherNames() {
    assertThat(asked.asked()).isEqualTo(6);
    assertThat(prose.asked()).isZero();
    List<Asked> first = new ArrayList<>();
    for (int number = 0; number < EXERCISES; number++) {
      first.addAll(asked.exercise(number, STAGE).questions());
    }

    assertThat(first)
        .as("with the mark and as typed; names and numbers are others each time")
        .anyMatch(a -> a.question().matches("When was the town of [A-Z]\\w+ destroyed by fire\\?"))
        .anyMatch(a -> a.question().matches("when was the town of [a-z]\\w+ destroyed by fire"))
        .anyMatch(a -> a.question().matches("How many bridges does [A-Z]\\w+ have\\?"))
        .filteredOn(a -> a.question().matches("(?i)when was the town of .*"))
        .extracting(Asked::answer)
        .as("and now and then the sentence is left out")
        .contains("")
        .allMatch(answer -> answer.matches("|1[67]\\d\\d"))
        .hasSizeGreaterThan(10);
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
