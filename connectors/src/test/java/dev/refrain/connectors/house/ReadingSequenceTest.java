package dev.refrain.connectors.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.connectors.house.worlds.Article;
import dev.refrain.connectors.house.worlds.Asked;
import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReadingSequenceTest {
  private static final Article ARTICLE = new Article("Rin", "Rin is red.");
  private static final Asked COLOUR = new Asked("What colour is Rin?", "red", Kind.DIRECT);
  private static final Asked AGE = new Asked("How old is Rin?", "", Kind.UNANSWERABLE);

  @Test
  void marksTheAnswersWithTheirLineEndsAndNothingElse() {
    ReadingSequence sequence = write(1000, List.of(COLOUR, AGE));

    assertThat(text(sequence, false))
        .startsWith("^ Rin: Rin is red.\n Question: What colour is Rin?\n")
        .contains(" Question: How old is Rin?\n");
    assertThat(text(sequence, true)).isEqualTo(" red\n unknown\n");
  }

  @Test
  void announcesTheFirstQuestionAlone() {
    ReadingSequence sequence = new ReadingSequence(ReadingSequenceTest::letters, 1000);
    boolean fits =
        sequence.write('^', new Exercise(List.of(ARTICLE), List.of(COLOUR, AGE)), true, random());

    assertThat(fits).isTrue();
    assertThat(text(sequence, false))
        .startsWith(
            "^ Question: What colour is Rin?\n Rin: Rin is red.\n Question: What colour is Rin?\n")
        .containsOnlyOnce("How old is Rin?");
    assertThat(text(sequence, true)).isEqualTo(" red\n unknown\n");
  }

  @Test
  void leavesOutTheFirstQuestionThatDoesNotFit() {
    int whole = write(1000, List.of(COLOUR)).filled();

    ReadingSequence sequence = write(whole + 10, List.of(COLOUR, AGE));

    assertThat(sequence.filled()).isEqualTo(whole);
    assertThat(text(sequence, true)).isEqualTo(" red\n");
  }

  @Test
  void refusesAnExerciseOfWhichNoQuestionFits() {
    assertThat(
            new ReadingSequence(ReadingSequenceTest::letters, 30)
                .write('^', new Exercise(List.of(ARTICLE), List.of(COLOUR)), false, random()))
        .isFalse();
  }

  @Test
  void offersTheRightAnswerMostTimesAmongTheCandidates() {
    int offered = 0;
    int chosen = 0;
    for (int seed = 0; seed < 2000; seed++) {
      ReadingSequence sequence = new ReadingSequence(ReadingSequenceTest::letters, 1000);
      Asked other = new Asked("What is Rin?", "a hill", Kind.DIRECT);
      boolean fits =
          sequence.write(
              '^',
              new Exercise(List.of(ARTICLE), List.of(COLOUR, other)),
              false,
              new SplittableRandom(seed));
      assertThat(fits).isTrue();
      String all = text(sequence, false);
      int start = all.indexOf("What colour");
      String first = all.substring(start, all.indexOf("Answer:", start));
      if (first.contains("Candidates:")) {
        offered++;
        chosen += first.contains("red") ? 1 : 0;
      }
    }
    assertThat(offered).isBetween(200, 300); // one in eight
    assertThat(chosen).isBetween((int) (0.8 * offered), offered - 1);
  }

  private static ReadingSequence write(int length, List<Asked> questions) {
    ReadingSequence sequence = new ReadingSequence(ReadingSequenceTest::letters, length);
    boolean fits = sequence.write('^', new Exercise(List.of(ARTICLE), questions), false, random());
    assertThat(fits).isTrue();
    return sequence;
  }

  /** A seed that gives no candidates to the two questions here. */
  private static SplittableRandom random() {
    return new SplittableRandom(3);
  }

  private static int[] letters(String text) {
    return text.chars().toArray();
  }

  private static String text(ReadingSequence sequence, boolean answersOnly) {
    List<Integer> letters = new ArrayList<>();
    for (int i = 0; i < sequence.filled(); i++) {
      if (!answersOnly || sequence.answers(i)) {
        letters.add(sequence.id(i));
      }
    }
    StringBuilder text = new StringBuilder();
    letters.forEach(letter -> text.append((char) (int) letter));
    return text.toString();
  }
}
