package dev.refrain.topology.client;

import dev.refrain.schemas.avro.Decision;
import java.time.Instant;
import java.util.Map;

/**
 * What was decided about a question after a pass, and why.
 *
 * @param pass the pass after which it was decided, from 1
 * @param action what was done, in lower case: emit, abstain, textual, neural or re-retrieve
 * @param reason the comparison that decided, with its numbers
 * @param signals what the policy saw, by name
 * @param thresholds the policy's thresholds, by name
 * @param confidence estimated probability that the leading answer is right, in [0, 1]
 * @param price price of compute, per accelerator-millisecond
 * @param policy name and version of the policy
 * @param workId the generation that the decision rests on
 * @param milliseconds accelerator time that the question had cost
 * @param decidedAt when it was decided
 */
public record DecisionStep(
    int pass,
    String action,
    String reason,
    Map<String, Double> signals,
    Map<String, Double> thresholds,
    double confidence,
    double price,
    String policy,
    String workId,
    double milliseconds,
    Instant decidedAt) {

  public DecisionStep {
    signals = Map.copyOf(signals);
    thresholds = Map.copyOf(thresholds);
  }

  static DecisionStep of(Decision decision) {
    return new DecisionStep(
        decision.getPass(),
        switch (decision.getAction()) {
          case EMIT -> "emit";
          case ABSTAIN -> "abstain";
          case TEXTUAL -> "textual";
          case NEURAL -> "neural";
          case RE_RETRIEVE -> "re-retrieve";
          case FOLLOW -> "follow";
        },
        decision.getReason(),
        decision.getSignals(),
        decision.getThresholds(),
        decision.getConfidence(),
        decision.getPrice(),
        decision.getPolicy() + " version " + decision.getPolicyVersion(),
        decision.getWorkId(),
        decision.getMilliseconds(),
        decision.getDecidedAt());
  }
}
