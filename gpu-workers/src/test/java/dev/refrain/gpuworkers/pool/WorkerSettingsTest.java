package dev.refrain.gpuworkers.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {

  @Test
  void hasDefaultsThatFitTheGroupsDefaults() {
    WorkerSettings settings = WorkerSettings.of("lm", "w", 16, Map.of());
    ShareGroupSettings group = ShareGroupSettings.defaults();

    assertThat(settings.groupId()).isEqualTo("refrain-lm");
    assertThat(settings.renewEvery()).isLessThan(group.lock().dividedBy(2));
    assertThat(settings.maxPerConsumer() * settings.consumers()).isLessThanOrEqualTo(16);
    assertThat(settings.maxDeliveries()).isLessThan(group.deliveryLimit());
  }

  @Test
  void refusesValuesOutOfRangeByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerSettings.of("lm", "w", 0, Map.of()))
        .withMessage("maxInFlight is '0', must be from 1 to 10000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(4, 5, 3, Duration.ofSeconds(1)))
        .withMessage("consumers is '5', must be from 1 to maxInFlight, 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerSettings.of(" ", "w", 1, Map.of()))
        .withMessageContaining("pool");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(1, 1, 9, Duration.ofSeconds(1)))
        .withMessage("maxDeliveries is '9', must be from 1 to 8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(1, 1, 3, Duration.ZERO))
        .withMessageContaining("renewEvery is 'PT0S'");
  }

  @Test
  void refusesGroupsThatCannotWork() {
    Duration second = Duration.ofSeconds(1);
    Duration minute = Duration.ofMinutes(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShareGroupSettings(Duration.ZERO, minute, second, 10, true))
        .withMessage("lock is PT0S, must be 1 ms or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShareGroupSettings(minute, minute, Duration.ZERO, 10, true))
        .withMessage("heartbeat is PT0S, must be 1 ms or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShareGroupSettings(minute, minute, second, 1, true))
        .withMessage("deliveryLimit is 1, must be 2 or more");
  }

  private static WorkerSettings settings(
      int maxInFlight, int consumers, int maxDeliveries, Duration renewEvery) {
    return new WorkerSettings(
        "lm", "g", "w", maxInFlight, consumers, maxDeliveries, renewEvery, Duration.ZERO, Map.of());
  }
}
