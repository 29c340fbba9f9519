package dev.refrain.processors.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RankingMeasuresTest {
  private static final List<String> RANKING = List.of("a", "b", "c", "d");
  private static final Map<String, Integer> GRADES = Map.of("b", 2, "d", 1, "x", 1, "a", 0);

  @Test
  void agreesWithHandComputedFigures() {
    // Gains 0, 2, 0, 1 against an ideal of 2, 1, 1.
    double gained = 2 / log2(3) + 1 / log2(5);
    double ideal = 2 + 1 / log2(3) + 1 / log2(4);
    assertThat(RankingMeasures.ndcgAt(10, RANKING, GRADES))
        .isCloseTo(gained / ideal, within(1e-12));
    assertThat(RankingMeasures.ndcgAt(1, RANKING, GRADES)).isZero();
    assertThat(RankingMeasures.recallAt(2, RANKING, GRADES)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(RankingMeasures.recallAt(4, RANKING, GRADES)).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(RankingMeasures.precisionAt(30, RANKING, GRADES)).isCloseTo(2.0 / 30, within(1e-12));
    assertThat(RankingMeasures.averagePrecision(RANKING, GRADES))
        .isCloseTo((1.0 / 2 + 2.0 / 4) / 3, within(1e-12));
  }

  @Test
  void scoresNothingWhereNothingIsRelevant() {
    Map<String, Integer> none = Map.of("a", 0);

    assertThat(RankingMeasures.ndcgAt(10, RANKING, none)).isZero();
    assertThat(RankingMeasures.recallAt(10, RANKING, none)).isZero();
    assertThat(RankingMeasures.averagePrecision(RANKING, none)).isZero();
  }

  /** rankings.json is what trec_eval says; make_fixtures.py beside it made it. */
  @Test
  void agreesWithTrecEval() throws IOException {
    for (JsonNode each : fixture()) {
      List<String> ranking = new ArrayList<>();
      each.path("ranking").forEach(id -> ranking.add(id.asText()));
      Map<String, Integer> grades = new HashMap<>();
      each.path("grades").properties().forEach(e -> grades.put(e.getKey(), e.getValue().asInt()));
      RankingScores.Collector collector = new RankingScores.Collector();
      collector.add(ranking, grades);
      RankingScores scores = collector.scores();
      JsonNode expected = each.path("measures");

      assertThat(List.of(scores.ndcgAt10(), scores.averagePrecision(), scores.precisionAt30()))
          .as(each.toString())
          .usingElementComparator(RankingMeasuresTest::compare)
          .containsExactly(
              value(expected, "ndcg_cut_10"), value(expected, "map"), value(expected, "P_30"));
      assertThat(List.of(scores.recallAt10(), scores.recallAt100(), scores.recallAt1000()))
          .as(each.toString())
          .usingElementComparator(RankingMeasuresTest::compare)
          .containsExactly(
              value(expected, "recall_10"),
              value(expected, "recall_100"),
              value(expected, "recall_1000"));
    }
  }

  private static double value(JsonNode measures, String name) {
    assertThat(measures.has(name)).as(name).isTrue();
    return measures.path(name).asDouble();
  }

  private static int compare(double a, double b) {
    return Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b);
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  private static JsonNode fixture() throws IOException {
    try (InputStream in = RankingMeasuresTest.class.getResourceAsStream("rankings.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
  }
}
