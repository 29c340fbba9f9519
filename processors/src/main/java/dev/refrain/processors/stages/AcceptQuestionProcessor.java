package dev.refrain.processors.stages;

import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Question;
import dev.refrain.processors.question.QuestionRules;
import dev.refrain.processors.records.Records;
import dev.refrain.processors.stages.QuestionMetrics.Suppressed;
import dev.refrain.schemas.serde.TopicCodec;
import dev.refrain.schemas.serde.UndecodableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets questions in, and watches their deadlines from then on. A question goes on to
 * retrieve-passages; an invalid one to emit-answer as a failure; bytes that are no question to the
 * dead letters; a question whose id is known is suppressed and counted.
 */
public final class AcceptQuestionProcessor implements Processor<String, byte[], String, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptQuestionProcessor.class);
  private static final Duration WATCH_EVERY = Duration.ofMillis(100);

  private final TopicCodec<dev.refrain.schemas.avro.Question> codec;
  private final QuestionRules rules;
  private final Duration finishedRetention;
  private final QuestionMetrics metrics;
  private ProcessorContext<String, Object> context;
  private QuestionStores stores;
  private FinishedQuestions finished;

  /**
   * @param finishedRetention how long a finished id is remembered
   */
  public AcceptQuestionProcessor(
      TopicCodec<dev.refrain.schemas.avro.Question> codec,
      QuestionRules rules,
      Duration finishedRetention,
      QuestionMetrics metrics) {
    this.codec = codec;
    this.rules = rules;
    this.finishedRetention = finishedRetention;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> newContext) {
    context = newContext;
    stores = new QuestionStores(newContext);
    finished = new FinishedQuestions(newContext, finishedRetention);
    stores.restoreDeadlines();
    newContext.schedule(WATCH_EVERY, PunctuationType.WALL_CLOCK_TIME, this::endWhatIsDue);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    dev.refrain.schemas.avro.Question decoded;
    try {
      decoded = decode(record);
    } catch (UndecodableRecordException e) {
      reject(record, String.valueOf(e.getMessage()));
      return;
    }
    Question question = Records.question(decoded, rules.timeLimit());
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    if (stores.isPending(question.id()) || finished.contain(question.id(), now)) {
      metrics.suppressed(Suppressed.DUPLICATE_QUESTION);
      LOG.info(
          "question {} stage {}: suppressed, its id is known",
          question.id(),
          Stages.ACCEPT_QUESTION);
      return;
    }
    accept(PendingQuestion.of(question, Trace.of(record.headers())), record.timestamp(), now);
  }

  private dev.refrain.schemas.avro.Question decode(Record<String, byte[]> record) {
    if (record.value() == null) {
      throw new UndecodableRecordException("The value is null, expected a Question.");
    }
    dev.refrain.schemas.avro.Question question = codec.decode(record.value());
    if (question.getId().isEmpty() || !question.getId().equals(record.key())) {
      throw new UndecodableRecordException(
          "The record key '%s' must be the question id '%s', and not empty."
              .formatted(record.key(), question.getId()));
    }
    return question;
  }

  private void reject(Record<String, byte[]> record, String reason) {
    LOG.warn("question {} stage {}: dead letter, {}", record.key(), Stages.ACCEPT_QUESTION, reason);
    metrics.deadLetter(Stages.ACCEPT_QUESTION);
    context.forward(
        record.withValue(DeadLetters.of(Stages.ACCEPT_QUESTION, reason, record, context)),
        Stages.DEAD_LETTERS);
  }

  private void accept(PendingQuestion pending, long timestamp, Instant now) {
    Optional<String> objection = rules.objection(pending.question(), now);
    if (objection.isPresent()) {
      Ended ended = Ended.failed(pending, objection.get());
      context.forward(new Record<>(pending.id(), ended, timestamp), Stages.EMIT_ANSWER);
      return;
    }
    stores.watch(pending);
    context.forward(new Record<>(pending.id(), pending, timestamp), Stages.RETRIEVE_PASSAGES);
  }

  private void endWhatIsDue(long nowMillis) {
    for (Deadline due : stores.due(Instant.ofEpochMilli(nowMillis))) {
      PendingQuestion pending = stores.pending(due.questionId());
      if (pending == null) {
        stores.forget(due);
      } else {
        String reason =
            "The deadline %s passed in pass %d while waiting for the pool '%s'."
                .formatted(due.at(), pending.pass(), pending.awaited().pool());
        context.forward(
            new Record<>(pending.id(), (Object) Ended.failed(pending, reason), nowMillis),
            Stages.EMIT_ANSWER);
      }
    }
  }
}
