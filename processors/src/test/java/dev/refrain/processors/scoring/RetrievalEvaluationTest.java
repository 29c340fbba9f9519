package dev.refrain.processors.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.retrieval.Retriever;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RetrievalEvaluationTest {
  private final RetrievalEvaluation evaluation = new RetrievalEvaluation(new Numbered());

  @Test
  void ranksEveryQueryAndScoresTheJudgedOnes() throws IOException {
    List<String> ranked = new ArrayList<>();

    RankingScores scores =
        evaluation.rank(
            Map.of("q1", "x", "unjudged", "y"),
            Map.of("q1", Map.of("p2", 1), "missing", Map.of("p1", 1)),
            (query, hits) -> ranked.add(query + " " + hits.size()));

    assertThat(ranked).containsExactlyInAnyOrder("q1 1000", "unjudged 1000");
    assertThat(scores.queries()).isEqualTo(1);
    assertThat(scores.averagePrecision()).isEqualTo(0.5);
  }

  @Test
  void findsTheRankOfTheFirstPassageWithAnAnswer() {
    assertThat(evaluation.rankOfAnswer(new GoldQuestion("q", "x", List.of("17", "5"))))
        .isEqualTo(5);
    assertThat(evaluation.rankOfAnswer(new GoldQuestion("q", "x", List.of("101")))).isZero();
    assertThat(evaluation.rankOfAnswer(new GoldQuestion("q", "x", List.of("Title")))).isZero();
  }

  @Test
  void countsQuestionsByTheRankOfTheirAnswer() {
    AnswerRecall.Counter counter = new AnswerRecall.Counter();
    IntStream.of(1, 5, 6, 20, 100, 0, 101, 1).forEach(counter::add);

    assertThat(counter.recall()).isEqualTo(new AnswerRecall(8, 2 / 8.0, 3 / 8.0, 5 / 8.0, 6 / 8.0));
    assertThat(new AnswerRecall.Counter().recall()).isEqualTo(new AnswerRecall(0, 0, 0, 0, 0));
  }

  /** Finds passages p1, p2, … whose texts are their numbers, whatever is asked. */
  private static final class Numbered implements Retriever {
    @Override
    public List<Hit> retrieve(String query, int topK) {
      return IntStream.rangeClosed(1, topK)
          .mapToObj(i -> new Hit(new Passage("p" + i, "Title", "number " + i), -i))
          .toList();
    }

    @Override
    public String digest() {
      return "numbered";
    }
  }
}
