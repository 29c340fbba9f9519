package dev.refrain.topology.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavedTest {

  @Test
  void measuresEachStretchBetweenTwoProbes() throws IOException {
    List<String> order = new ArrayList<>();

    Interleaved turns =
        Interleaved.measure(2, () -> measured(order, "probe"), () -> measured(order, "work"));

    assertThat(order).containsExactly("probe", "work", "probe", "work", "probe");
    assertThat(turns.probes()).containsExactly(1.0, 3.0, 5.0);
    assertThat(turns.stretches()).containsExactly(2.0, 4.0);
  }

  /** The how manieth measurement it is. */
  private static double measured(List<String> order, String what) {
    order.add(what);
    return order.size();
  }

  /** 12 of (10 + 20) / 2 and 10 of (20 + 5) / 2; beside the probes before alone, 1.2 and 0.5. */
  @Test
  void comparesEachStretchWithTheMeanOfTheProbesBesideIt() {
    Interleaved turns = new Interleaved(List.of(10.0, 20.0, 5.0), List.of(12.0, 10.0));

    assertThat(turns.shares().toArray()).containsExactly(new double[] {0.8, 0.8}, within(1e-12));
  }

  /** Work that takes three quarters of what is there, while that halves within a round. */
  @Test
  void saysTheSameOfAMachineThatSlowsDown() throws IOException {
    double[] gives = {44};

    Interleaved turns = Interleaved.measure(5, () -> gives[0] -= 2, () -> 0.75 * (gives[0] -= 2));

    assertThat(turns.probes()).startsWith(42.0).endsWith(22.0);
    double[] expected = {0.75, 0.75, 0.75, 0.75, 0.75};
    assertThat(turns.shares().toArray()).containsExactly(expected, within(1e-12));
  }

  @Test
  void refusesStretchesWithoutProbesOnBothSides() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Interleaved(List.of(1.0, 1.0), List.of(1.0, 1.0)))
        .withMessageContaining("2 probes and 2 stretches");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Interleaved.measure(0, () -> 1, () -> 1))
        .withMessageContaining("1 probes and 0 stretches");
  }
}
