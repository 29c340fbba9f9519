package dev.refrain.gpuworkers.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.refrain.schemas.avro.DeadLetter;
import dev.refrain.schemas.avro.FailureKind;
import dev.refrain.schemas.avro.WorkFailure;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.schemas.avro.WorkResult;
import dev.refrain.schemas.serde.TopicCodec;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Puts the end of a delivery into words: work results and dead letters, with the trace of the
 * request. Sends nothing.
 */
final class ResultWriter {
  private static final List<String> TRACE_HEADERS = List.of("traceparent", "tracestate");

  /** Half of a broker's default limit for a record. */
  private static final int MOST_RAW_BYTES = 512 * 1024;

  private final WorkerSettings settings;
  private final WorkerSurroundings surroundings;
  private final String results;
  private final String deadLetters;
  private final TopicCodec<WorkResult> resultCodec;
  private final TopicCodec<DeadLetter> deadLetterCodec;

  ResultWriter(WorkerSettings settings, WorkerSurroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.results = surroundings.topics().results().name();
    this.deadLetters = surroundings.topics().deadLetters().name();
    this.resultCodec = new TopicCodec<>(WorkResult.getClassSchema(), surroundings.registry());
    this.deadLetterCodec = new TopicCodec<>(DeadLetter.getClassSchema(), surroundings.registry());
  }

  Verdict of(Job job, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done ->
          result(job, done.result(), done.milliseconds(), AcknowledgeType.ACCEPT, WorkerEvent.DONE);
      case Outcome.Refused refused ->
          failure(job, FailureKind.REFUSED, refused.reason(), WorkerEvent.REFUSED);
    };
  }

  Verdict expired(Job job) {
    String reason =
        "Past its deadline of %s when its turn came at %s"
            .formatted(job.request().getDeadline(), surroundings.clock().instant());
    return failure(job, FailureKind.EXPIRED, reason, WorkerEvent.EXPIRED);
  }

  Verdict poison(Job job, String reason) {
    @Nullable ByteBuffer request = raw(job.delivery().record().value());
    String explained = reason + cut(job.delivery().record().value());
    WorkFailure failure = new WorkFailure(FailureKind.POISON, explained, request);
    return result(job, failure, 0, AcknowledgeType.REJECT, WorkerEvent.POISON);
  }

  Verdict undecodable(Delivery delivery, String reason) {
    ConsumerRecord<byte[], byte[]> record = delivery.record();
    DeadLetter letter =
        new DeadLetter(
            settings.pool(),
            reason + cut(record.key()) + cut(record.value()),
            record.topic(),
            record.partition(),
            record.offset(),
            null,
            raw(record.key()),
            raw(record.value()),
            surroundings.clock().instant());
    byte[] value = deadLetterCodec.encode(deadLetters, letter);
    return new Verdict(
        delivery,
        traced(new ProducerRecord<>(deadLetters, record.key(), value), record),
        AcknowledgeType.REJECT,
        WorkerEvent.UNDECODABLE);
  }

  private Verdict failure(Job job, FailureKind kind, String reason, WorkerEvent event) {
    return result(job, new WorkFailure(kind, reason, null), 0, AcknowledgeType.ACCEPT, event);
  }

  private Verdict result(
      Job job,
      SpecificRecord outcome,
      double milliseconds,
      AcknowledgeType then,
      WorkerEvent event) {
    WorkRequest request = job.request();
    WorkResult result =
        new WorkResult(
            request.getWorkId(),
            request.getQuestionId(),
            settings.pool(),
            request.getPass(),
            settings.name(),
            job.delivery().count(),
            surroundings.clock().instant(),
            milliseconds,
            outcome);
    byte[] key = request.getQuestionId().getBytes(UTF_8);
    byte[] value = resultCodec.encode(results, result);
    ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(results, key, value);
    return new Verdict(job.delivery(), traced(message, job.delivery().record()), then, event);
  }

  private static ProducerRecord<byte[], byte[]> traced(
      ProducerRecord<byte[], byte[]> message, ConsumerRecord<byte[], byte[]> request) {
    for (String name : TRACE_HEADERS) {
      Header header = request.headers().lastHeader(name);
      if (header != null) {
        message.headers().add(header);
      }
    }
    return message;
  }

  /** The bytes as they came; only their beginning where a letter with all would be too large. */
  private static @Nullable ByteBuffer raw(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, MOST_RAW_BYTES));
  }

  private static String cut(byte @Nullable [] bytes) {
    return bytes == null || bytes.length <= MOST_RAW_BYTES
        ? ""
        : " (the first %d of %d bytes are kept)".formatted(MOST_RAW_BYTES, bytes.length);
  }
}
