package dev.refrain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RegistryPatienceTest {
  private final List<Duration> pauses = new ArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void asksAgainUntilTheRegistryAnswers() throws InterruptedException {
    assertThat(patience(Duration.ofSeconds(20)).ask(() -> answerAtAttempt(3))).isEqualTo("schema");
    assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void givesUpAtTheTimeLimitWithTheLastReason() {
    assertThatThrownBy(() -> patience(Duration.ofMillis(100)).ask(() -> answerAtAttempt(99)))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessage("attempt 2");
    assertThat(pauses).hasSize(1).first().matches(pause -> pause.toMillis() <= 100);
  }

  @Test
  void asksOnceWithoutTime() {
    assertThatThrownBy(() -> patience(Duration.ZERO).ask(() -> answerAtAttempt(2)))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void doesNotRepeatWhatTheRegistryRefuses() {
    assertThatThrownBy(
            () ->
                patience(Duration.ofSeconds(20))
                    .ask(
                        () -> {
                          attempts.incrementAndGet();
                          throw new IncompatibleSchemaException("notes-value", "no default");
                        }))
        .isInstanceOf(IncompatibleSchemaException.class);
    assertThat(attempts).hasValue(1);
  }

  private RegistryPatience patience(Duration limit) {
    return new RegistryPatience(limit, InstantSource.system(), (_, pause) -> pauses.add(pause));
  }

  private String answerAtAttempt(int first) {
    int attempt = attempts.incrementAndGet();
    if (attempt < first) {
      throw new RegistryUnavailableException("attempt " + attempt, new IOException("down"));
    }
    return "schema";
  }
}
