package dev.refrain.topology.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.refrain.gpuworkers.model.Batching;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.topology.bench.SoakResult.Growth;
import dev.refrain.topology.bench.SoakResult.Requests;
import dev.refrain.topology.bench.SoakResult.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakBenchTest {
  private static final int SLOTS = 8;
  private static final EngineSettings SETTINGS =
      new EngineSettings(1, Batching.EXACT, 1 << 30, 64, SLOTS);

  @TempDir private Path folder;

  @Test
  void keepsTheEngineFullAndCountsEveryRequest() throws Exception {
    new RandomModel(2, 32, 4, 2, 64, 300, 256).writeFolder(folder);
    List<SoakBench.Moment> told = new ArrayList<>();

    SoakResult result = new SoakBench(SETTINGS, Duration.ofSeconds(4), 7).run(folder, told::add);

    Requests requests = result.requests();
    long ended =
        requests.completed() + requests.expired() + requests.cancelled() + requests.refused();
    assertThat(requests.submitted() - ended).as("in flight").isBetween((long) SLOTS, 2L * SLOTS);
    assertThat(requests.submitted()).isGreaterThan(2L * SLOTS);
    assertThat(requests.completed()).isPositive();
    assertThat(result.newTokens()).isGreaterThanOrEqualTo(requests.completed());
    assertThat(result.promptTokens()).isGreaterThanOrEqualTo(requests.completed());

    assertThat(told).extracting(SoakBench.Moment::sample).isEqualTo(result.samples()).isNotEmpty();
    assertThat(result.samples().getLast().waiting()).as("requests without room").isPositive();
    // Between a request that fills the engine and the next it holds as little as when idle.
    assertThat(result.samples()).allMatch(sample -> sample.arrays() >= result.idleArrays());
    int[] arrays = result.samples().stream().mapToInt(Sample::arrays).sorted().toArray();
    assertThat(arrays[arrays.length / 2]).as("median arrays").isGreaterThan(result.idleArrays());
    assertThat(result.arraysLeft()).as("arrays left").isEqualTo(result.idleArrays());
    assertThat(result.growth(Sample::heap)).isPresent();
  }

  @Test
  void comparesTheLastQuarterWithTheFirstAfterTheWarmUp() {
    // Two of 24 are warm-up; of the other 22 a quarter has 5, whose middles are 5 and 22.
    SoakResult result =
        new SoakResult(
            24 * 3600,
            IntStream.rangeClosed(1, 24).mapToObj(SoakBenchTest::grownByTenAnHour).toList(),
            new Requests(0, 0, 0, 0, 0, 0, 0, 0),
            0,
            0,
            1,
            1);

    Growth growth = result.growth(Sample::heap).orElseThrow();

    assertThat(growth.first()).isEqualTo(1050);
    assertThat(growth.last()).isEqualTo(1220);
    assertThat(growth.absolute()).isEqualTo(170);
    assertThat(growth.relative()).isCloseTo(170 / 1050.0, within(1e-12));
    assertThat(growth.perHour().slope()).isCloseTo(10, within(1e-9));
    assertThat(growth.perHour().standardError()).isCloseTo(0, within(1e-9));
  }

  private static Sample grownByTenAnHour(int hour) {
    long heap = hour <= 2 ? 9999 : 1000 + 10L * hour;
    return new Sample(hour * 3600.0, null, heap, 1, 1, 1);
  }

  @Test
  void refusesToTakeNoTime() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SoakBench(SETTINGS, Duration.ZERO, 1))
        .withMessageContaining("PT0S");
  }
}
