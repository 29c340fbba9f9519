package dev.refrain.processors.stages;

import dev.refrain.schemas.avro.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Makes dead letters of records that a stage cannot process. */
final class DeadLetters {
  private DeadLetters() {}

  static DeadLetter of(
      String stage, String reason, Record<String, byte[]> record, ProcessingContext context) {
    Optional<RecordMetadata> metadata = context.recordMetadata();
    return DeadLetter.newBuilder()
        .setStage(stage)
        .setReason(reason)
        .setTopic(metadata.map(RecordMetadata::topic).orElse(""))
        .setPartition(metadata.map(RecordMetadata::partition).orElse(-1))
        .setOffset(metadata.map(RecordMetadata::offset).orElse(-1L))
        .setKey(bytes(record.key()))
        .setValue(record.value() == null ? null : ByteBuffer.wrap(record.value()))
        .setFailedAt(Instant.ofEpochMilli(context.currentSystemTimeMs()))
        .build();
  }

  private static @Nullable ByteBuffer bytes(@Nullable String key) {
    return key == null ? null : ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8));
  }
}
