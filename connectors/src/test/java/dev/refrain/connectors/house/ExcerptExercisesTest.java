package dev.refrain.connectors.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.connectors.house.worlds.Article;
import dev.refrain.connectors.house.worlds.Asked;
import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Kind;
import dev.refrain.connectors.house.worlds.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExcerptExercisesTest {
  private static final Stage STAGE = new Stage(1, 2, 1, 3, 4);
  private static final Article BEN =
      new Article("Ben Ruvo", "Ben Ruvo was born in Tal. He died in 1804. He carved wood.");
  private static final Article TAL = new Article("Tal", "Tal is a harbour. It lies in Emme.");

  @Test
  void showsTheSentenceThatTells() {
    Set<Exercise> seen = seen(new Asked("Where was Ben Ruvo born?", "Tal", Kind.DIRECT));

    assertThat(seen).contains(told("Ben Ruvo was born in Tal.", "Where was Ben Ruvo born?", "Tal"));
    assertThat(seen)
        .as("and at times another one, which leaves it open")
        .allSatisfy(
            exercise -> {
              Article article = exercise.articles().getFirst();
              assertThat(article.title()).isEqualTo("Ben Ruvo");
              assertThat(exercise.questions())
                  .extracting(Asked::answer)
                  .containsExactly(article.text().contains("Tal") ? "Tal" : "");
            })
        .hasSize(2);
  }

  @Test
  void asksMoreOfOneSentenceWhereItTellsMore() {
    Asked born = new Asked("Where was Ben Ruvo born?", "Tal", Kind.DIRECT);
    Asked who = new Asked("Who was born in Tal?", "Ben Ruvo", Kind.INVERSE);
    Asked died = new Asked("When did Ben Ruvo die?", "1804", Kind.DIRECT);

    assertThat(seen(born, who, died))
        .anySatisfy(exercise -> assertThat(exercise.questions()).containsExactly(born, who))
        .noneSatisfy(exercise -> assertThat(exercise.questions()).contains(born, died));
  }

  @Test
  void leavesOpenWhatTheArticlesLeaveOpen() {
    assertThat(seen(new Asked("Whom did Ben Ruvo marry?", "", Kind.UNANSWERABLE)))
        .allSatisfy(
            exercise -> assertThat(exercise.questions()).extracting(Asked::answer).containsOnly(""))
        .isNotEmpty();
  }

  @Test
  void askNoSecondStepOfOneSentence() {
    Asked far = new Asked("Where does the birthplace of Ben Ruvo lie?", "Emme", Kind.TWO_STEP);

    assertThat(seen(far)).containsExactly(new Exercise(List.of(BEN, TAL), List.of(far)));
  }

  private static Exercise told(String sentence, String question, String answer) {
    return new Exercise(
        List.of(new Article("Ben Ruvo", sentence)),
        List.of(new Asked(question, answer, Kind.DIRECT)));
  }

  private static Set<Exercise> seen(Asked... asked) {
    Exercise whole = new Exercise(List.of(BEN, TAL), List.of(asked));
    ExcerptExercises excerpts = new ExcerptExercises((number, stage) -> whole);
    Set<Exercise> seen = new HashSet<>();
    for (long number = 0; number < 200; number++) {
      seen.add(excerpts.exercise(number, STAGE));
    }
    return seen;
  }
}
