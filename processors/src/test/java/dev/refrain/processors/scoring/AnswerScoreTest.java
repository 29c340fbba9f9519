package dev.refrain.processors.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerScoreTest {
  @Test
  void takesTheBestOfSeveralGoldAnswers() {
    List<String> golds = List.of("December 1972", "14 December 1972 UTC");

    assertThat(AnswerScore.exactMatch("the December, 1972", golds)).isTrue();
    // Against the second: 3 tokens shared of 3 and 4, 2 · 1 · ¾ / (1 + ¾).
    assertThat(AnswerScore.f1("14 December 1972", golds)).isCloseTo(6.0 / 7, within(1e-12));
  }

  @Test
  void scoresNothingWithoutAGoldAnswer() {
    assertThat(AnswerScore.exactMatch("", List.of())).isFalse();
    assertThat(AnswerScore.f1("anything", List.of())).isZero();
  }
}
