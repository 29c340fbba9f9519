package dev.refrain.topology.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.refrain.topology.client.Ending;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BaselinesTest {

  @Test
  void givesSecondPassesAtRandomAtThePolicysOwnCost() {
    List<Graded> policy = List.of(graded("a", 1, 2), graded("a", 1, 1), graded("b", 0, 1));
    List<Graded> one = List.of(graded("a", 0, 1), graded("a", 1, 1), graded("b", 0, 1));
    List<Graded> two = List.of(graded("a", 1, 2), graded("a", 0, 2), graded("b", 1, 2));

    List<Baselines.Line> lines = new Baselines(policy, one, two).lines();

    assertThat(lines).extracting(Baselines.Line::kind).containsExactly("all", "a", "b");
    Baselines.Line all = lines.getFirst();
    assertThat(all.policy()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(all.onePass()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(all.twoPasses()).isCloseTo(2 / 3.0, within(1e-9));
    // A third of the questions took a second pass: 1/3 + 1/3 (2/3 - 1/3).
    assertThat(all.random()).isCloseTo(1 / 3.0 + 1 / 9.0, within(1e-9));
    assertThat(all.gain().difference()).isCloseTo(1 / 3.0, within(1e-9));
  }

  @Test
  void refusesDifferentQuestions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Baselines(List.of(graded("a", 1, 1)), List.of(), List.of()))
        .withMessageContaining("1, 0 and 0");
  }

  /** The normal approximation: mean 0.2, standard deviation 0.98, 1.96 standard errors each way. */
  @Test
  void hasIntervalsOfTheWidthThatTheNormalApproximationGives() {
    SplittableRandom random = new SplittableRandom(4);
    double[] differences = random.doubles(2000).map(x -> x < 0.6 ? 1 : -1).toArray();
    double mean = Arrays.stream(differences).average().orElseThrow();
    double error = Math.sqrt((1 - mean * mean) / 2000);

    PairedBootstrap interval = PairedBootstrap.of(differences);

    assertThat(interval.difference()).isCloseTo(mean, within(1e-12));
    assertThat(interval.low()).isCloseTo(mean - 1.96 * error, within(0.004));
    assertThat(interval.high()).isCloseTo(mean + 1.96 * error, within(0.004));
    assertThat(interval.excludesZero()).isTrue();
    assertThat(PairedBootstrap.of(new double[] {1, -1, 0, 0}).excludesZero()).isFalse();
  }

  private static Graded graded(String kind, int exactMatch, int passes) {
    return new Graded(
        "id",
        kind,
        "question",
        Ending.Status.ANSWERED,
        "answer",
        null,
        new ArrayList<>(),
        exactMatch,
        exactMatch,
        1,
        0.5,
        passes,
        List.of(),
        10,
        5,
        new Graded.Times(1, 1));
  }
}
