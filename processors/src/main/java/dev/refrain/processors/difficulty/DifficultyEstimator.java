package dev.refrain.processors.difficulty;

import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.scoring.AnswerMatcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Estimates how hard a question was for a pass, from what the pass left behind. Stateless. */
public final class DifficultyEstimator {
  private DifficultyEstimator() {}

  /**
   * Signals of a pass, all but whether its answer leads on.
   *
   * @param question text of the question
   * @param hits the passages that were packed, best first
   * @param sequences what was generated, the leading one first; not empty
   * @param earlier candidates of an earlier pass that this one chose from; empty in a reading pass
   */
  public static Estimate estimate(
      String question, List<Hit> hits, List<Sample> sequences, List<Candidate> earlier) {
    Sample leading = sequences.getFirst();
    List<Sample> others = sequences.subList(1, sequences.size());
    Map<String, String> keys = Candidates.keys(sequences);
    Signals signals =
        new Signals(
            earlier.isEmpty() ? agreement(leading, others, keys) : chosen(leading, earlier),
            leading.meanLogProbability(),
            leading.minLogProbability(),
            leading.firstTokenEntropy(),
            support(sequences, hits),
            retrievalGap(hits),
            question.strip().split("\\s+").length,
            sequences.stream().mapToDouble(s -> s.declined() ? 1 : 0).average().orElse(0),
            false);
    return new Estimate(leading.text(), Candidates.of(sequences, keys), signals);
  }

  private static double agreement(Sample leading, List<Sample> others, Map<String, String> keys) {
    String key = keys.getOrDefault(leading.text(), "");
    return others.stream()
        .mapToDouble(other -> key.equals(keys.get(other.text())) ? 1 : 0)
        .average()
        .orElse(1);
  }

  /** Share of the earlier sequences that gave the answer now chosen. */
  private static double chosen(Sample leading, List<Candidate> earlier) {
    int all = earlier.stream().mapToInt(Candidate::count).sum();
    int same =
        earlier.stream()
            .filter(candidate -> Candidates.same(leading.text(), candidate.text()))
            .mapToInt(Candidate::count)
            .sum();
    return (double) same / all;
  }

  private static double support(List<Sample> sequences, List<Hit> hits) {
    List<String> passages = hits.stream().map(hit -> hit.passage().text()).toList();
    Map<String, List<String>> tokens = new HashMap<>();
    Map<String, Boolean> supported = new HashMap<>();
    return sequences.stream()
        .map(Sample::text)
        .mapToDouble(
            text -> supported.computeIfAbsent(text, t -> supported(t, passages, tokens)) ? 1 : 0)
        .average()
        .orElse(0);
  }

  /**
   * @param tokens of the passages that had to be cut; more may be put into it
   */
  private static boolean supported(
      String answer, List<String> passages, Map<String, List<String>> tokens) {
    if (answer.isBlank()) {
      return false;
    }
    AnswerMatcher matcher = AnswerMatcher.of(List.of(answer));
    return passages.stream()
        .filter(matcher::mayOccurIn)
        .map(text -> tokens.computeIfAbsent(text, AnswerMatcher::tokens))
        .anyMatch(matcher::occursIn);
  }

  private static double retrievalGap(List<Hit> hits) {
    if (hits.isEmpty() || hits.getFirst().score() <= 0) {
      return 0;
    }
    if (hits.size() == 1) {
      return 1;
    }
    return Math.clamp((hits.get(0).score() - hits.get(1).score()) / hits.get(0).score(), 0, 1);
  }
}
