package dev.refrain.processors.scoring;

import java.util.List;
import java.util.Map;

/**
 * The measures of trec_eval 9 for one query. A ranking is a list of document ids, best first, each
 * once. Grades map document ids to judgements: above 0 is relevant, everything else and everything
 * without a judgement is not. A query without a relevant document scores 0.
 */
public final class RankingMeasures {
  private RankingMeasures() {}

  /**
   * Normalised discounted cumulative gain of the first k: trec_eval's {@code ndcg_cut}, where the
   * gain is the grade itself and the discount of rank r is log2(r + 1) (Järvelin and Kekäläinen
   * 2002).
   */
  public static double ndcgAt(int k, List<String> ranking, Map<String, Integer> grades) {
    int[] gains = ranking.stream().limit(k).mapToInt(id -> gain(id, grades)).toArray();
    int[] ideal =
        grades.values().stream()
            .filter(grade -> grade > 0)
            .sorted((a, b) -> Integer.compare(b, a))
            .limit(k)
            .mapToInt(Integer::intValue)
            .toArray();
    double best = discounted(ideal);
    return best == 0 ? 0 : discounted(gains) / best;
  }

  /** Share of the relevant documents that are among the first k: {@code recall}. */
  public static double recallAt(int k, List<String> ranking, Map<String, Integer> grades) {
    long relevant = relevant(grades);
    return relevant == 0 ? 0 : (double) relevantAmong(k, ranking, grades) / relevant;
  }

  /** Share of k that is relevant, even where fewer than k were found: {@code P}. */
  public static double precisionAt(int k, List<String> ranking, Map<String, Integer> grades) {
    return (double) relevantAmong(k, ranking, grades) / k;
  }

  /** Mean precision at the ranks of the relevant documents, 0 for those not found: {@code map}. */
  public static double averagePrecision(List<String> ranking, Map<String, Integer> grades) {
    double sum = 0;
    int found = 0;
    for (int i = 0; i < ranking.size(); i++) {
      if (gain(ranking.get(i), grades) > 0) {
        found++;
        sum += (double) found / (i + 1);
      }
    }
    long relevant = relevant(grades);
    return relevant == 0 ? 0 : sum / relevant;
  }

  private static double discounted(int[] gains) {
    double sum = 0;
    for (int i = 0; i < gains.length; i++) {
      sum += gains[i] * Math.log(2) / Math.log(i + 2);
    }
    return sum;
  }

  private static long relevantAmong(int k, List<String> ranking, Map<String, Integer> grades) {
    return ranking.stream().limit(k).filter(id -> gain(id, grades) > 0).count();
  }

  private static long relevant(Map<String, Integer> grades) {
    return grades.values().stream().filter(grade -> grade > 0).count();
  }

  private static int gain(String id, Map<String, Integer> grades) {
    return Math.max(0, grades.getOrDefault(id, 0));
  }
}
