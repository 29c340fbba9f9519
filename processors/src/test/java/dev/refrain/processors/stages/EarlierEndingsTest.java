package dev.refrain.processors.stages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.processors.question.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EarlierEndingsTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private final List<Instant> readings = new ArrayList<>();
  private final EarlierEndings earlier =
      new EarlierEndings(
          time -> {
            readings.add(time);
            return Set.of("ended");
          },
          START,
          Duration.ofHours(1));

  @Test
  void readsTheLogOnceForQuestionsOfTheLastMinutes() {
    assertThat(earlier.contain(asked("ended", Duration.ofSeconds(-30)))).isTrue();
    assertThat(earlier.contain(asked("going", Duration.ofMinutes(-9)))).isFalse();
    assertThat(readings).containsExactly(START.minus(Duration.ofSeconds(630)));
  }

  @Test
  void readsAgainForAMuchOlderQuestionButNotBeyondWhatIsRemembered() {
    var unused = earlier.contain(asked("going", Duration.ofSeconds(-30)));
    assertThat(earlier.contain(asked("ended", Duration.ofDays(-30)))).isTrue();
    assertThat(earlier.contain(asked("going", Duration.ofDays(-60)))).isFalse();
    assertThat(readings).hasSize(2).last().isEqualTo(START.minus(Duration.ofMinutes(70)));
  }

  @Test
  void asksNothingForAQuestionThatCameAfterTheTask() {
    assertThat(earlier.contain(asked("ended", Duration.ofMinutes(2)))).isFalse();
    assertThat(readings).isEmpty();
  }

  private static Question asked(String id, Duration afterStart) {
    Instant at = START.plus(afterStart);
    return new Question(id, "Which star?", "qa", at, at.plusSeconds(60), Map.of());
  }
}
