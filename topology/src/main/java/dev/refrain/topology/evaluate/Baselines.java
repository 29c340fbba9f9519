package dev.refrain.topology.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What stands beside a policy and keeps it honest: the same questions with one pass for all, with
 * two passes for all, and with second passes given at random at the policy's own cost (METHODS 10).
 *
 * @param policy as the policy decided
 * @param onePass every question ended after its first pass
 * @param twoPasses every question took a second pass
 */
public record Baselines(List<Graded> policy, List<Graded> onePass, List<Graded> twoPasses) {
  /** Settings that leave a policy one pass. */
  public static final List<String> ONE_PASS = List.of("policy.thresholds.maxPasses=1");

  /** Settings that no first pass can satisfy: a log-probability is never above 0. */
  public static final List<String> TWO_PASSES =
      List.of("policy.thresholds.minMeanLogProbability=1");

  /**
   * One line of the comparison.
   *
   * @param kind kind of questions, {@code all} for all of them
   * @param questions number of questions
   * @param policy exact match of the policy
   * @param onePass exact match of one pass for all
   * @param twoPasses exact match of two passes for all
   * @param random expected exact match of as many second passes as the policy took, given at random
   * @param gain policy less one pass, with its interval
   */
  public record Line(
      String kind,
      int questions,
      double policy,
      double onePass,
      double twoPasses,
      double random,
      PairedBootstrap gain) {}

  public Baselines {
    policy = List.copyOf(policy);
    onePass = List.copyOf(onePass);
    twoPasses = List.copyOf(twoPasses);
    if (policy.size() != onePass.size() || policy.size() != twoPasses.size()) {
      throw new IllegalArgumentException(
          "%d, %d and %d graded questions are not the same questions"
              .formatted(policy.size(), onePass.size(), twoPasses.size()));
    }
  }

  /** All questions first, then each kind. */
  public List<Line> lines() {
    Map<String, int[]> kinds = new LinkedHashMap<>();
    kinds.put("all", IntStream.range(0, policy.size()).toArray());
    Collection<String> names =
        new TreeSet<>(policy.stream().map(Graded::kind).filter(kind -> !kind.isEmpty()).toList());
    for (String name : names) {
      kinds.put(
          name,
          IntStream.range(0, policy.size())
              .filter(i -> policy.get(i).kind().equals(name))
              .toArray());
    }
    List<Line> lines = new ArrayList<>();
    kinds.forEach((kind, members) -> lines.add(line(kind, members)));
    return lines;
  }

  private Line line(String kind, int[] members) {
    double one = exactMatch(onePass, members);
    double two = exactMatch(twoPasses, members);
    double share =
        IntStream.of(members)
            .mapToDouble(i -> Math.max(0, policy.get(i).passes() - 1))
            .average()
            .orElse(0);
    double[] gains =
        IntStream.of(members)
            .mapToDouble(i -> policy.get(i).exactMatch() - onePass.get(i).exactMatch())
            .toArray();
    return new Line(
        kind,
        members.length,
        exactMatch(policy, members),
        one,
        two,
        one + share * (two - one),
        PairedBootstrap.of(gains));
  }

  private static double exactMatch(List<Graded> graded, int[] members) {
    return IntStream.of(members).mapToDouble(i -> graded.get(i).exactMatch()).average().orElse(0);
  }
}
