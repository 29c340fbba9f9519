package dev.refrain.topology.evaluate;

import dev.refrain.topology.client.Ending.Status;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a set of graded questions comes to. Means are over all questions; one that was not answered
 * counts as wrong.
 *
 * @param questions number of questions
 * @param answered questions that were answered
 * @param abstained questions that were held back
 * @param failed questions that ended in a failure or a dead letter, or did not end in time
 * @param exactMatch mean exact match, in [0, 1]
 * @param f1 mean F1, in [0, 1]
 * @param recall share of questions with an accepted answer in the reader's context
 * @param exactMatchAnswered mean exact match over the answered questions alone
 * @param passes mean passes of a question
 * @param acceleratorMilliseconds mean accelerator time of a question
 * @param latency latencies
 * @param questionsPerSecond questions that ended in a second of the whole run
 * @param kinds the figures of each kind of question, by its name; empty where the file names none
 */
public record Summary(
    int questions,
    int answered,
    int abstained,
    int failed,
    double exactMatch,
    double f1,
    double recall,
    double exactMatchAnswered,
    double passes,
    double acceleratorMilliseconds,
    Latency latency,
    double questionsPerSecond,
    Map<String, OfKind> kinds) {

  public Summary {
    kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
  }

  /**
   * What the questions of one kind come to.
   *
   * @param questions number of questions
   * @param answered questions that were answered
   * @param abstained questions that were held back: right where there is no accepted answer
   * @param exactMatch mean exact match, in [0, 1]
   * @param f1 mean F1, in [0, 1]
   * @param recall share of questions with an accepted answer in the reader's context
   * @param passes mean passes of a question
   */
  public record OfKind(
      int questions,
      int answered,
      int abstained,
      double exactMatch,
      double f1,
      double recall,
      double passes) {
    private static OfKind of(List<Graded> graded) {
      return new OfKind(
          graded.size(),
          count(graded, Status.ANSWERED),
          count(graded, Status.ABSTAINED),
          mean(graded, Graded::exactMatch),
          mean(graded, Graded::f1),
          mean(graded, Graded::recall),
          mean(graded, Graded::passes));
    }
  }

  /**
   * Percentiles of the time from asking to ending, in milliseconds, by the nearest rank.
   *
   * @param p50 median
   * @param p95 95th percentile
   * @param p99 99th percentile
   */
  public record Latency(double p50, double p95, double p99) {
    static Latency of(List<Graded> graded) {
      double[] sorted =
          graded.stream().mapToDouble(g -> g.times().milliseconds()).sorted().toArray();
      return new Latency(rank(sorted, 0.50), rank(sorted, 0.95), rank(sorted, 0.99));
    }

    private static double rank(double[] sorted, double share) {
      return sorted.length == 0
          ? 0
          : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
  }

  /**
   * Sums up.
   *
   * @param seconds what the whole run took, above 0
   */
  public static Summary of(List<Graded> graded, double seconds) {
    List<Graded> answered = graded.stream().filter(g -> g.status() == Status.ANSWERED).toList();
    int abstained = count(graded, Status.ABSTAINED);
    return new Summary(
        graded.size(),
        answered.size(),
        abstained,
        graded.size() - answered.size() - abstained,
        mean(graded, Graded::exactMatch),
        mean(graded, Graded::f1),
        mean(graded, Graded::recall),
        mean(answered, Graded::exactMatch),
        mean(graded, Graded::passes),
        mean(graded, g -> g.times().acceleratorMilliseconds()),
        Latency.of(graded),
        graded.size() / seconds,
        kinds(graded));
  }

  private static Map<String, OfKind> kinds(List<Graded> graded) {
    Map<String, List<Graded>> byKind =
        graded.stream()
            .filter(one -> !one.kind().isEmpty())
            .collect(Collectors.groupingBy(Graded::kind));
    return byKind.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, kind -> OfKind.of(kind.getValue())));
  }

  private static int count(List<Graded> graded, Status status) {
    return (int) graded.stream().filter(g -> g.status() == status).count();
  }

  private static double mean(List<Graded> graded, ToDoubleFunction<Graded> figure) {
    return graded.stream().mapToDouble(figure).average().orElse(0);
  }
}
