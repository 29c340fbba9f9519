package dev.refrain.processors.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.processors.decision.Verdict.Action;
import dev.refrain.processors.difficulty.Estimate;
import dev.refrain.processors.difficulty.Signals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdPolicyTest {
  private static final Map<String, Double> THRESHOLDS =
      Map.of(
          "minAgreement", 0.6,
          "minMeanLogProbability", -1.0,
          "minSupport", 0.5,
          "abstainBelow", 0.2,
          "maxPasses", 2.0);

  private static Estimate estimate(String answer, double agreement, double mean, double support) {
    return new Estimate(
        answer, List.of(), new Signals(agreement, mean, mean, 0, support, 0, 3, 0, false));
  }

  @ParameterizedTest
  @CsvSource({
    "1, Vega, 0.6,  -1.0, 0.0, EMIT",
    "1, Vega, 0.59, -0.1, 0.5, TEXTUAL",
    "1, Vega, 0.59, -0.1, 0.4, RE_RETRIEVE",
    "1, Vega, 1.0,  -1.1, 1.0, TEXTUAL",
    "1, '',   1.0,  -0.1, 1.0, RE_RETRIEVE",
    "2, Vega, 0.1,  -0.1, 0.0, EMIT",
    "2, Vega, 0.0,  -0.1, 1.0, ABSTAIN",
    "2, '',   1.0,  -0.1, 1.0, ABSTAIN",
  })
  void decides(
      int pass, String answer, double agreement, double mean, double support, Action action) {
    ThresholdPolicy policy = new ThresholdPolicy("p", 1, THRESHOLDS);

    assertThat(policy.decide(pass, estimate(answer, agreement, mean, support)).action())
        .isEqualTo(action);
  }

  @ParameterizedTest
  @CsvSource({"1, Vega, FOLLOW", "1, '', FOLLOW", "2, Vega, EMIT"})
  void followsAnAnswerThatLeadsOn(int pass, String answer, Action action) {
    Signals signals = new Signals(1, -0.1, -0.1, 0, 1, 0, 3, 0, true);
    Estimate estimate = new Estimate(answer, List.of(), signals);

    assertThat(new ThresholdPolicy("p", 1, THRESHOLDS).decide(pass, estimate).action())
        .isEqualTo(action);
  }

  @Test
  void makesNoSecondPassWhereOneIsAllowed() {
    Map<String, Double> one = new HashMap<>(THRESHOLDS);
    one.put("maxPasses", 1.0);

    Verdict verdict = new ThresholdPolicy("p", 1, one).decide(1, estimate("Vega", 0.5, -0.1, 0));

    assertThat(verdict.action()).isEqualTo(Action.EMIT);
  }

  @Test
  void givesTheNumbersOfItsReason() {
    Verdict verdict =
        new ThresholdPolicy("p", 1, THRESHOLDS).decide(1, estimate("Vega", 0.25, -0.1, 0.125));

    assertThat(verdict.reason())
        .isEqualTo("agreement 0.250 < minAgreement 0.600, support 0.125 < minSupport 0.500");
  }

  @Test
  void refusesUnknownAndMissingThresholds() {
    Map<String, Double> unknown = new HashMap<>(THRESHOLDS);
    unknown.put("minAgrement", 0.5);
    assertThatThrownBy(() -> new ThresholdPolicy("p", 3, unknown))
        .hasMessageContaining("minAgrement")
        .hasMessageContaining("version 3");
    assertThatThrownBy(() -> new ThresholdPolicy("p", 3, Map.of()))
        .hasMessageContaining("no threshold minAgreement");
  }
}
