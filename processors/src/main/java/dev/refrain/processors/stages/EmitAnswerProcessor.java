package dev.refrain.processors.stages;

import dev.refrain.processors.question.Cost;
import dev.refrain.processors.question.Outcome;
import dev.refrain.processors.question.Outcome.Abstained;
import dev.refrain.processors.question.Outcome.Answered;
import dev.refrain.processors.question.Outcome.Failed;
import dev.refrain.processors.question.Outcome.Undeliverable;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.records.Records;
import dev.refrain.processors.stages.QuestionMetrics.Suppressed;
import dev.refrain.schemas.avro.Answer;
import dev.refrain.schemas.avro.DeadLetter;
import dev.refrain.schemas.avro.Passage;
import dev.refrain.schemas.avro.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a question: exactly one answer, or one dead letter where its work could not be processed.
 * From then on its id is known as finished, and duplicates are suppressed while it is.
 */
public final class EmitAnswerProcessor implements Processor<String, Ended, String, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(EmitAnswerProcessor.class);

  private final Map<String, String> digests;
  private final Duration finishedRetention;
  private final EndingLog log;
  private final QuestionMetrics metrics;
  private ProcessorContext<String, Object> context;
  private QuestionStores stores;
  private FinishedQuestions finished;
  private EarlierEndings earlier;

  /**
   * @param digests digests of what produces the answers, by name; the index is added
   * @param finishedRetention how long a finished id is remembered
   * @param log tells what an earlier process has sent
   */
  public EmitAnswerProcessor(
      Map<String, String> digests,
      Duration finishedRetention,
      EndingLog log,
      QuestionMetrics metrics) {
    this.digests = Map.copyOf(digests);
    this.finishedRetention = finishedRetention;
    this.log = log;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> newContext) {
    context = newContext;
    stores = new QuestionStores(newContext);
    finished = new FinishedQuestions(newContext, finishedRetention);
    Instant now = Instant.ofEpochMilli(newContext.currentSystemTimeMs());
    earlier = new EarlierEndings(log, now, finishedRetention);
  }

  @Override
  public void process(Record<String, Ended> record) {
    PendingQuestion pending = record.value().pending();
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    if (earlier.contain(pending.question())) {
      metrics.suppressed(Suppressed.DUPLICATE_ENDING);
      LOG.info("question {} stage {}: suppressed, it has ended", pending.id(), Stages.EMIT_ANSWER);
    } else {
      emit(record, pending, now);
    }
    // Without transactions a kill here lets the question end again, not never.
    stores.end(pending);
    finished.add(pending.id(), now);
  }

  private void emit(Record<String, Ended> record, PendingQuestion pending, Instant now) {
    switch (record.value().outcome()) {
      case Undeliverable dead -> {
        metrics.deadLetter(dead.stage());
        LOG.warn(
            "question {} stage {}: dead letter, {}", pending.id(), dead.stage(), dead.reason());
        send(record, deadLetter(pending, dead, now), Stages.DEAD_LETTERS);
      }
      case Answered answered -> send(record, answer(record.value(), now), Stages.ANSWERS);
      case Abstained abstained -> send(record, answer(record.value(), now), Stages.ANSWERS);
      case Failed failed -> {
        LOG.info("question {} stage {}: {}", pending.id(), Stages.EMIT_ANSWER, failed.reason());
        send(record, answer(record.value(), now), Stages.ANSWERS);
      }
    }
  }

  private void send(Record<String, Ended> record, Object value, String sink) {
    if (value instanceof Answer answer) {
      metrics.ended(answer.getStatus().name());
    }
    PendingQuestion pending = record.value().pending();
    context.forward(
        new Record<>(pending.id(), value, record.timestamp(), Trace.headers(pending.traceparent())),
        sink);
  }

  private Answer answer(Ended ended, Instant now) {
    PendingQuestion pending = ended.pending();
    Cost cost = pending.cost();
    Answer.Builder answer =
        Answer.newBuilder()
            .setQuestionId(pending.id())
            .setQuestion(pending.question().text())
            .setEvidence(evidence(ended))
            .setPasses(cost.passes())
            .setPromptTokens(cost.promptTokens())
            .setGeneratedTokens(cost.generatedTokens())
            .setMilliseconds(cost.milliseconds())
            .setPolicy(ended.policy().name())
            .setPolicyVersion(ended.policy().version())
            .setDigests(digests(pending))
            .setAttributes(pending.question().attributes())
            .setAskedAt(pending.question().askedAt())
            .setAnsweredAt(now);
    return withOutcome(answer, ended.outcome()).build();
  }

  /** What was packed; a question that failed may have had nothing packed yet. */
  private static List<Passage> evidence(Ended ended) {
    return ended.outcome() instanceof Failed
        ? List.of()
        : ended.pending().context().hits().stream().map(Records::passage).toList();
  }

  private static Answer.Builder withOutcome(Answer.Builder answer, Outcome outcome) {
    return switch (outcome) {
      case Answered answered ->
          answer
              .setStatus(Status.ANSWERED)
              .setText(answered.text())
              .setConfidence(answered.confidence());
      case Abstained abstained ->
          answer
              .setStatus(Status.ABSTAINED)
              .setReason(abstained.reason())
              .setConfidence(abstained.confidence());
      case Failed failed ->
          answer.setStatus(Status.FAILED).setReason(failed.reason()).setConfidence(0);
      case Undeliverable dead -> throw new IllegalStateException("No answer is due for " + dead);
    };
  }

  private Map<String, String> digests(PendingQuestion pending) {
    Map<String, String> all = new TreeMap<>(digests);
    if (!pending.context().indexDigest().isEmpty()) {
      all.put("index", pending.context().indexDigest());
    }
    return all;
  }

  private static DeadLetter deadLetter(PendingQuestion pending, Undeliverable dead, Instant now) {
    return DeadLetter.newBuilder()
        .setStage(dead.stage())
        .setReason(dead.reason())
        .setTopic("work." + dead.stage())
        .setPartition(-1)
        .setOffset(-1L)
        .setQuestionId(pending.id())
        .setKey(ByteBuffer.wrap(pending.awaited().workId().getBytes(StandardCharsets.UTF_8)))
        .setValue(dead.request())
        .setFailedAt(now)
        .build();
  }
}
