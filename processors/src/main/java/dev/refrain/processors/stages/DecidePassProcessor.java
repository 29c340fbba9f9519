package dev.refrain.processors.stages;

import dev.refrain.processors.decision.ThresholdPolicy;
import dev.refrain.processors.decision.Verdict;
import dev.refrain.processors.difficulty.Estimate;
import dev.refrain.processors.question.Outcome;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Route;
import dev.refrain.schemas.avro.Action;
import dev.refrain.schemas.avro.Decision;
import dev.refrain.schemas.avro.Policy;
import dev.refrain.schemas.serde.TopicCodec;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Decides after a pass whether to emit, to abstain or to recurse, and writes the decision down.
 * Goes on to emit-answer, to pack-context (textual recursion) or to retrieve-passages.
 */
public final class DecidePassProcessor implements Processor<String, Estimated, String, Object> {
  private final ThresholdPolicy configured;
  private final TopicCodec<Policy> codec;
  private final QuestionMetrics metrics;
  private ProcessorContext<String, Object> context;
  private PolicySource policies;

  public DecidePassProcessor(
      ThresholdPolicy configured, TopicCodec<Policy> codec, QuestionMetrics metrics) {
    this.configured = configured;
    this.codec = codec;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> newContext) {
    context = newContext;
    policies = new PolicySource(newContext.getStateStore(Stages.POLICIES), codec, configured);
  }

  @Override
  public void process(Record<String, Estimated> record) {
    PendingQuestion pending = record.value().pending();
    Estimate estimate = record.value().estimate();
    ThresholdPolicy policy = policies.current();
    Verdict verdict = policy.decide(pending.pass(), estimate);
    context.forward(
        new Record<>(
            pending.id(),
            (Object) decision(pending, estimate, policy, verdict),
            record.timestamp(),
            Trace.headers(pending.traceparent())),
        Stages.DECISIONS);
    double confidence = estimate.signals().confidence();
    switch (verdict.action()) {
      case EMIT -> end(record, policy, new Outcome.Answered(estimate.answer(), confidence));
      case ABSTAIN -> end(record, policy, new Outcome.Abstained(verdict.reason(), confidence));
      case TEXTUAL -> recurse(record, Route.TEXTUAL, Stages.PACK_CONTEXT);
      case RE_RETRIEVE -> recurse(record, Route.RE_RETRIEVE, Stages.RETRIEVE_PASSAGES);
      case FOLLOW -> recurse(record, Route.FOLLOW, Stages.RETRIEVE_PASSAGES);
    }
  }

  private void end(Record<String, Estimated> record, ThresholdPolicy policy, Outcome outcome) {
    PolicyVersion version = new PolicyVersion(policy.name(), policy.version());
    context.forward(
        record.withValue(new Ended(record.value().pending(), outcome, version)),
        Stages.EMIT_ANSWER);
  }

  private void recurse(Record<String, Estimated> record, Route route, String stage) {
    metrics.secondPass(route.name());
    context.forward(
        record.withValue(
            record.value().pending().recurse(route, record.value().estimate().candidates())),
        stage);
  }

  private Decision decision(
      PendingQuestion pending, Estimate estimate, ThresholdPolicy policy, Verdict verdict) {
    return Decision.newBuilder()
        .setQuestionId(pending.id())
        .setPass(pending.pass())
        .setAction(Action.valueOf(verdict.action().name()))
        .setReason(verdict.reason())
        .setSignals(estimate.signals().byName())
        .setThresholds(policy.thresholds())
        .setConfidence(estimate.signals().confidence())
        .setPolicy(policy.name())
        .setPolicyVersion(policy.version())
        .setWorkId(pending.awaited().workId())
        .setMilliseconds(pending.cost().milliseconds())
        .setDecidedAt(Instant.ofEpochMilli(context.currentSystemTimeMs()))
        .build();
  }
}
