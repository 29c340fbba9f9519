package dev.refrain.topology.serve;

import dev.refrain.processors.stages.EndingOnFailureProcessor;
import dev.refrain.schemas.avro.DeadLetter;
import dev.refrain.schemas.serde.TopicCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the stream going where a stage fails in a way nobody foresaw: the record goes to the dead
 * letters with the failure as its reason, and the next one is processed; its question has been
 * ended by {@link EndingOnFailureProcessor}. Where the registry or the broker is away, the record
 * is kept and tried again. Made by Kafka Streams.
 */
public final class UnexpectedFailures implements ProcessingExceptionHandler {
  /** Configuration key of the dead-letter topic's name. */
  static final String TOPIC = "refrain.dead.letter.topic";

  /** Configuration key of the dead letters' codec. */
  static final String CODEC = "refrain.dead.letter.codec";

  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedFailures.class);

  private String topic = "";
  private @Nullable TopicCodec<DeadLetter> codec;

  /** For Kafka Streams. */
  public UnexpectedFailures() {}

  @Override
  @SuppressWarnings("unchecked") // StreamProperties puts it there.
  public void configure(Map<String, ?> configs) {
    topic = String.valueOf(configs.get(TOPIC));
    codec = (TopicCodec<DeadLetter>) configs.get(CODEC);
  }

  @Override
  public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
    if (EndingOnFailureProcessor.isPassing(failure) || codec == null) {
      return Response.fail();
    }
    LOG.error(
        "question {} stage {}: dead letter, an unexpected failure",
        record.key(),
        context.processorNodeId(),
        failure);
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setStage(context.processorNodeId())
            .setReason("An unexpected failure: " + failure)
            .setTopic(String.valueOf(context.topic()))
            .setPartition(context.partition())
            .setOffset(context.offset())
            .setKey(wrap(context.sourceRawKey()))
            .setValue(wrap(context.sourceRawValue()))
            .setFailedAt(Instant.ofEpochMilli(Math.max(0, context.timestamp())))
            .build();
    return Response.resume(
        List.of(new ProducerRecord<>(topic, context.sourceRawKey(), codec.encode(topic, letter))));
  }

  private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
