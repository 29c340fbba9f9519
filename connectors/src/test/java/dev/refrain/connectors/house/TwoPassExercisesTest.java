package dev.refrain.connectors.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.connectors.house.TwoPassExercise.Glance;
import dev.refrain.connectors.house.TwoPassExercise.Telling;
import dev.refrain.connectors.house.worlds.Article;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TwoPassExercisesTest {
  private static final int MANY = 300;

  private final TwoPassExercises exercises =
      TwoPassExercises.read(7, PlainEnglish.NONE, word -> false);

  TwoPassExercisesTest() throws IOException {}

  @Test
  void takesNoExerciseInTwoFolds() {
    Set<Long> numbers = new HashSet<>();
    for (Fold fold : Fold.values()) {
      for (TwoPassExercise exercise : some(fold)) {
        assertThat(numbers.add(exercise.number())).as("number %d", exercise.number()).isTrue();
      }
    }
  }

  @Test
  void showsTheAnswerWhereItSaysSoAndOnlyThere() {
    for (TwoPassExercise exercise : some(Fold.CHOOSER)) {
      String answer = exercise.second().answer();
      switch (exercise.telling()) {
        case TOLD -> {
          assertThat(told(exercise.second())).contains(answer);
          assertThat(exercise.first()).isEqualTo(exercise.second());
        }
        case FOUND_LATER -> {
          assertThat(told(exercise.second())).contains(answer);
          assertThat(exercise.first().articles().getFirst().text()).doesNotContain(answer);
          assertThat(exercise.first().answer()).isEmpty();
        }
        case TWO_STEP -> {
          assertThat(told(exercise.second())).contains(answer);
          assertThat(exercise.first().articles()).hasSize(1);
          assertThat(told(exercise.first())).doesNotContain(" " + answer);
          assertThat(told(exercise.first())).contains(exercise.first().answer());
          assertThat(exercise.first().answer()).isNotEqualTo(answer);
        }
        case UNTOLD -> {
          assertThat(answer).isEmpty();
          assertThat(exercise.first()).isEqualTo(exercise.second());
        }
      }
    }
  }

  @Test
  void givesEveryTellingItsShare() {
    Map<Telling, Long> counts =
        some(Fold.READER).stream()
            .collect(Collectors.groupingBy(TwoPassExercise::telling, Collectors.counting()));

    assertThat(counts.keySet()).isEqualTo(EnumSet.allOf(Telling.class));
    assertThat(counts.get(Telling.TOLD)).isBetween(150L, 210L);
    assertThat(counts.get(Telling.TWO_STEP)).isBetween(40L, 92L);
  }

  @Test
  void showsTheFarArticleAloneBeforeAndBehindTheNearOne() {
    Set<String> orders =
        some(Fold.CHOOSER).stream()
            .filter(exercise -> exercise.telling() == Telling.TWO_STEP)
            .map(TwoPassExercisesTest::order)
            .collect(Collectors.toSet());
    Set<Boolean> declines =
        some(Fold.READER).stream()
            .filter(exercise -> exercise.telling() == Telling.TWO_STEP)
            .map(exercise -> exercise.first().answer().isEmpty())
            .collect(Collectors.toSet());

    assertThat(orders).containsExactlyInAnyOrder("far", "near far", "far near");
    assertThat(declines).as("half of the first passes decline").hasSize(2);
  }

  private static String order(TwoPassExercise exercise) {
    Article near = exercise.first().articles().getFirst();
    return exercise.second().articles().stream()
        .map(article -> article.equals(near) ? "near" : "far")
        .collect(Collectors.joining(" "));
  }

  @Test
  void givesTheSameForTheSameSeedAndOthersForAnother() throws IOException {
    TwoPassExercises again = TwoPassExercises.read(7, PlainEnglish.NONE, word -> false);
    TwoPassExercises other = TwoPassExercises.read(8, PlainEnglish.NONE, word -> false);

    assertThat(again.exercise(Fold.READER, 41)).isEqualTo(exercises.exercise(Fold.READER, 41));
    assertThat(other.exercise(Fold.READER, 41)).isNotEqualTo(exercises.exercise(Fold.READER, 41));
    assertThat(again.digest()).isEqualTo(exercises.digest()).isNotEqualTo(other.digest());
  }

  private List<TwoPassExercise> some(Fold fold) {
    return LongStream.range(0, MANY).mapToObj(place -> exercises.exercise(fold, place)).toList();
  }

  private static String told(Glance glance) {
    Function<Article, String> all = article -> article.title() + " " + article.text();
    return glance.articles().stream().map(all).collect(Collectors.joining(" ", " ", ""));
  }
}
