package dev.refrain.processors.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Means over queries of the measures that retrieval is judged by.
 *
 * @param queries number of judged queries
 */
public record RankingScores(
    int queries,
    double ndcgAt10,
    double recallAt10,
    double recallAt100,
    double recallAt1000,
    double averagePrecision,
    double precisionAt30) {

  /** Collects the rankings of queries. Not safe for use by many threads. */
  public static final class Collector {
    private final List<Judged> judged = new ArrayList<>();

    /**
     * Adds a query's ranking.
     *
     * @param ranking document ids, best first, 1,000 at most by convention
     * @param grades judgements of the query
     */
    public void add(List<String> ranking, Map<String, Integer> grades) {
      judged.add(new Judged(List.copyOf(ranking), Map.copyOf(grades)));
    }

    /** The means so far; 0 without a query. */
    public RankingScores scores() {
      return new RankingScores(
          judged.size(),
          mean(q -> RankingMeasures.ndcgAt(10, q.ranking, q.grades)),
          mean(q -> RankingMeasures.recallAt(10, q.ranking, q.grades)),
          mean(q -> RankingMeasures.recallAt(100, q.ranking, q.grades)),
          mean(q -> RankingMeasures.recallAt(1000, q.ranking, q.grades)),
          mean(q -> RankingMeasures.averagePrecision(q.ranking, q.grades)),
          mean(q -> RankingMeasures.precisionAt(30, q.ranking, q.grades)));
    }

    private double mean(ToDoubleFunction<Judged> measure) {
      return judged.stream().mapToDouble(measure).average().orElse(0);
    }

    private record Judged(List<String> ranking, Map<String, Integer> grades) {}
  }
}
