package dev.refrain.processors.decision;

import dev.refrain.processors.decision.Verdict.Action;
import dev.refrain.processors.difficulty.Estimate;
import dev.refrain.processors.difficulty.Signals;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first policy: thresholds on agreement and log-probability. A first pass is emitted where both
 * hold; else the context is blamed where too few answers stand in it, and passages are retrieved
 * again; else the model chooses among its candidates. The last pass is emitted or held back by its
 * confidence.
 *
 * @param name name of the policy
 * @param version grows with every change
 * @param thresholds by name: {@code minAgreement} in [0, 1], {@code minMeanLogProbability} in nats
 *     per token, {@code minSupport} in [0, 1], {@code abstainBelow} in [0, 1], {@code maxPasses} 1
 *     or 2
 */
public record ThresholdPolicy(String name, int version, Map<String, Double> thresholds) {
  private static final List<String> NAMES =
      List.of("minAgreement", "minMeanLogProbability", "minSupport", "abstainBelow", "maxPasses");

  public ThresholdPolicy {
    thresholds = Map.copyOf(new TreeMap<>(thresholds));
    for (String threshold : NAMES) {
      if (!thresholds.containsKey(threshold)) {
        throw new IllegalArgumentException(
            "Policy %s version %d has no threshold %s: it needs %s"
                .formatted(name, version, threshold, NAMES));
      }
    }
    for (String threshold : thresholds.keySet()) {
      if (!NAMES.contains(threshold)) {
        throw new IllegalArgumentException(
            "Policy %s version %d has an unknown threshold %s: there are %s"
                .formatted(name, version, threshold, NAMES));
      }
    }
  }

  /**
   * Decides after a pass.
   *
   * @param pass the pass that has ended, from 1
   */
  public Verdict decide(int pass, Estimate estimate) {
    if (pass >= threshold("maxPasses")) {
      return last(estimate);
    }
    if (estimate.signals().leads()) {
      return new Verdict(Action.FOLLOW, "the likeliest candidate is the title of another passage");
    }
    if (estimate.answer().isBlank()) {
      return new Verdict(Action.RE_RETRIEVE, "the first pass gave no answer");
    }
    return first(estimate.signals());
  }

  private Verdict first(Signals signals) {
    if (signals.agreement() < threshold("minAgreement")) {
      return recurse(signals, "agreement", signals.agreement(), "minAgreement");
    }
    if (signals.meanLogProbability() < threshold("minMeanLogProbability")) {
      return recurse(
          signals, "meanLogProbability", signals.meanLogProbability(), "minMeanLogProbability");
    }
    return new Verdict(
        Action.EMIT,
        compare("agreement", signals.agreement(), ">=", "minAgreement")
            + ", "
            + compare(
                "meanLogProbability", signals.meanLogProbability(), ">=", "minMeanLogProbability"));
  }

  private Verdict recurse(Signals signals, String signal, double value, String threshold) {
    String doubt = compare(signal, value, "<", threshold);
    if (signals.support() < threshold("minSupport")) {
      return new Verdict(
          Action.RE_RETRIEVE,
          doubt + ", " + compare("support", signals.support(), "<", "minSupport"));
    }
    return new Verdict(
        Action.TEXTUAL, doubt + ", " + compare("support", signals.support(), ">=", "minSupport"));
  }

  private Verdict last(Estimate estimate) {
    double confidence = estimate.signals().confidence();
    if (estimate.answer().isBlank()) {
      return new Verdict(Action.ABSTAIN, "the last pass gave no answer");
    }
    return confidence < threshold("abstainBelow")
        ? new Verdict(Action.ABSTAIN, compare("confidence", confidence, "<", "abstainBelow"))
        : new Verdict(Action.EMIT, compare("confidence", confidence, ">=", "abstainBelow"));
  }

  private String compare(String signal, double value, String sign, String threshold) {
    return String.format(
        Locale.ROOT, "%s %.3f %s %s %.3f", signal, value, sign, threshold, threshold(threshold));
  }

  private double threshold(String threshold) {
    Double value = thresholds.get(threshold);
    if (value == null) {
      throw new IllegalStateException("No threshold " + threshold);
    }
    return value;
  }
}
