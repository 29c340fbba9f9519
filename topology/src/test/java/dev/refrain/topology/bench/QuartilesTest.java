package dev.refrain.topology.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class QuartilesTest {

  /** R's {@code quantile(c(4, 1, 3, 2))}: 1.75, 2.50, 3.25; of 1 to 5 these are measurements. */
  @Test
  void interpolatesBetweenNeighbours() {
    assertThat(Quartiles.of(DoubleStream.of(4, 1, 3, 2))).isEqualTo(new Quartiles(1.75, 2.5, 3.25));
    assertThat(Quartiles.of(DoubleStream.of(5, 3, 1, 2, 4))).isEqualTo(new Quartiles(2, 3, 4));
  }

  @Test
  void areAllTheSameOfOneMeasurement() {
    assertThat(Quartiles.of(DoubleStream.of(7))).isEqualTo(new Quartiles(7, 7, 7));
  }

  @Test
  void refusesNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quartiles.of(DoubleStream.empty()))
        .withMessageContaining("no measurement");
  }
}
