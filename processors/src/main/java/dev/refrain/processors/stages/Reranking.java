package dev.refrain.processors.stages;

import dev.refrain.processors.retrieval.Hit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Puts passages in the order of the re-ranker's scores. Stateless. */
final class Reranking {
  private Reranking() {}

  /**
   * The best passages by score, equal scores in the order of retrieval; a score that is not a
   * number comes last.
   *
   * @param hits passages in the order of retrieval
   * @param scores one score a passage; higher is better
   * @param keep most passages to keep
   */
  static List<Hit> rank(List<Hit> hits, List<Double> scores, int keep) {
    Comparator<Integer> byScore =
        Comparator.comparingDouble(
            i -> Double.isNaN(scores.get(i)) ? Double.POSITIVE_INFINITY : -scores.get(i));
    return IntStream.range(0, hits.size())
        .boxed()
        .sorted(byScore)
        .limit(keep)
        .map(i -> new Hit(hits.get(i).passage(), scores.get(i)))
        .toList();
  }
}
