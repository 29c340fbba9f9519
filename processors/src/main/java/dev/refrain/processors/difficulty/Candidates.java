package dev.refrain.processors.difficulty;

import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.scoring.AnswerScore;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the candidate list of textual recursion from sampled sequences (G section 4.1). */
public final class Candidates {
  private static final Comparator<Candidate> BY_PROBABILITY =
      Comparator.comparingDouble(Candidate::logProbability)
          .reversed()
          .thenComparing(Candidate::text);

  private Candidates() {}

  /**
   * Candidates by the model's probability, the likeliest first. Sequences that are equal after
   * normalisation are one candidate with their number and their best probability; blank ones are
   * none.
   */
  public static List<Candidate> of(Collection<Sample> samples) {
    return of(samples, keys(samples));
  }

  /** The same with {@link #keys} at hand. */
  static List<Candidate> of(Collection<Sample> samples, Map<String, String> keys) {
    Map<String, Candidate> merged = new LinkedHashMap<>();
    for (Sample sample : samples) {
      if (!sample.text().isBlank()) {
        merged.merge(
            keys.getOrDefault(sample.text(), sample.text()),
            new Candidate(sample.text(), 1, sample.logProbability()),
            Candidates::join);
      }
    }
    return merged.values().stream().sorted(BY_PROBABILITY).toList();
  }

  /** What each text is after normalisation, worked out once for equal texts. */
  static Map<String, String> keys(Collection<Sample> samples) {
    Map<String, String> keys = new HashMap<>();
    samples.forEach(sample -> keys.computeIfAbsent(sample.text(), Candidates::key));
    return keys;
  }

  /** Whether two answers are the same after normalisation. */
  public static boolean same(String a, String b) {
    return key(a).equals(key(b));
  }

  private static Candidate join(Candidate a, Candidate b) {
    String text = a.logProbability() >= b.logProbability() ? a.text() : b.text();
    return new Candidate(
        text, a.count() + b.count(), Math.max(a.logProbability(), b.logProbability()));
  }

  /** The normalised text; the text itself where normalisation leaves nothing ("The The"). */
  private static String key(String text) {
    String normalized = AnswerScore.normalize(text);
    return normalized.isEmpty() ? text.strip() : normalized;
  }
}
