package dev.refrain.connectors.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.connectors.house.Curriculum.Lesson;
import dev.refrain.connectors.house.worlds.Article;
import dev.refrain.connectors.house.worlds.Asked;
import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Kind;
import dev.refrain.connectors.house.worlds.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReadingTargetsTest {
  private static final int THINNING = 4;
  private static final double OTHER = 0.05;
  private static final int LENGTH = 80;
  private static final Exercise EXERCISE =
      new Exercise(
          List.of(new Article("Rin", "Rin is red.")),
          List.of(new Asked("What colour is Rin?", "red", Kind.DIRECT)));

  @Test
  void weighsEachOtherTokenInOneRowOfSoManySoManyTimes() {
    ReadingSequence sequence = sequence();
    ReadingTargets thinned = targets(THINNING, sequence);
    ReadingTargets all = targets(1, sequence);

    assertThat(thinned.totalWeight()).isCloseTo(all.totalWeight(), within(1e-4));
    try (NDManager manager = NDManager.newBaseManager()) {
      long[] places = thinned.index(manager).toLongArray();
      assertThat(Arrays.stream(places).distinct().count()).isEqualTo(places.length);
      float[] weights = thinned.weights(manager).toFloatArray();
      int[] seen = new int[LENGTH];
      for (int i = 0; i < places.length; i++) {
        int position = (int) (places[i] % LENGTH) + 1;
        boolean answer = sequence.answers(position);
        assertThat(weights[i]).isEqualTo(answer ? 1f : (float) (OTHER * THINNING));
        seen[position] += answer ? 1 : THINNING;
      }
      for (int position = 1; position < sequence.filled(); position++) {
        assertThat(seen[position]).as("position %d", position).isEqualTo(THINNING);
      }
    }
  }

  @Test
  void predictsTheTokenBehindEachPlace() {
    ReadingSequence sequence = sequence();
    ReadingTargets targets = targets(1, sequence);

    try (NDManager manager = NDManager.newBaseManager()) {
      long[] ids = targets.ids(manager).toLongArray();
      long[] places = targets.index(manager).toLongArray();
      NDArray tokens = targets.tokens(manager);
      assertThat(tokens.toLongArray())
          .containsExactly(Arrays.stream(places).map(place -> ids[(int) place + 1]).toArray())
          .hasSize(THINNING * (sequence.filled() - 1));
      assertThat(targets.positions()).isEqualTo(THINNING * LENGTH);
    }
  }

  /** The same sequence in each row. */
  private static ReadingTargets targets(int thinning, ReadingSequence sequence) {
    Lesson lesson = new Lesson(0, new Stage(1, 1, 1, 1, 1), LENGTH, OTHER, false, false, thinning);
    ReadingTargets targets = new ReadingTargets(THINNING, lesson);
    for (int row = 0; row < THINNING; row++) {
      targets.add(row, sequence);
    }
    return targets;
  }

  private static ReadingSequence sequence() {
    ReadingSequence sequence = new ReadingSequence(text -> text.chars().toArray(), LENGTH);
    assertThat(sequence.write('^', EXERCISE, false, new SplittableRandom(3))).isTrue();
    return sequence;
  }
}
