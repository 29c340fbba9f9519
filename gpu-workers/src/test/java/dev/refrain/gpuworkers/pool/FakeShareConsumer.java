package dev.refrain.gpuworkers.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidRecordStateException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A share consumer and its broker in explicit mode, for one partition: refuses to poll while
 * records are unacknowledged, gives renewed records back through a poll, and delivers released ones
 * again with a higher count, as Kafka 4.3's does. Kafka's own mock ignores acknowledgements.
 */
final class FakeShareConsumer extends MockShareConsumer<byte[], byte[]> {
  private static final TopicPartition PARTITION = new TopicPartition("qa.work.lm", 0);

  private final TreeMap<Long, ConsumerRecord<byte[], byte[]>> available = new TreeMap<>();
  private final TreeMap<Long, ConsumerRecord<byte[], byte[]>> inFlight = new TreeMap<>();
  private final TreeMap<Long, ConsumerRecord<byte[], byte[]>> renewed = new TreeMap<>();
  private final Map<Long, AcknowledgeType> pending = new LinkedHashMap<>();
  private final List<String> committed = new ArrayList<>();
  private boolean renewalFails;
  private boolean closed;

  synchronized void add(
      byte @Nullable [] key, byte @Nullable [] value, int deliveryCount, String traceparent) {
    long offset = available.size();
    Headers headers = new RecordHeaders().add("traceparent", traceparent.getBytes(UTF_8));
    available.put(offset, record(offset, key, value, headers, deliveryCount));
  }

  /** From now on locks are lost instead of renewed. */
  synchronized void failRenewals() {
    renewalFails = true;
  }

  /** What the broker was told, in order: {@code "ACCEPT 0"} for an offset of 0. */
  synchronized List<String> committed() {
    return List.copyOf(committed);
  }

  synchronized boolean closed() {
    return closed;
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // others look while it waits
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = pollNow();
    if (records.isEmpty()) {
      try {
        Thread.sleep(Math.min(5, timeout.toMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return records;
  }

  private synchronized ConsumerRecords<byte[], byte[]> pollNow() {
    if (!pending.keySet().containsAll(inFlight.keySet())) {
      throw new IllegalStateException(
          "All records must be acknowledged in explicit acknowledgement mode.");
    }
    commit();
    TreeMap<Long, ConsumerRecord<byte[], byte[]>> source = renewed.isEmpty() ? available : renewed;
    inFlight.putAll(source);
    source.clear();
    return inFlight.isEmpty()
        ? ConsumerRecords.empty()
        : new ConsumerRecords<>(Map.of(PARTITION, List.copyOf(inFlight.values())), Map.of());
  }

  @Override
  public synchronized void acknowledge(
      ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
    if (!inFlight.containsKey(record.offset())) {
      throw new IllegalStateException("The record cannot be acknowledged.");
    }
    pending.put(record.offset(), type);
  }

  @Override
  public synchronized Map<TopicIdPartition, Optional<KafkaException>> commitSync(Duration timeout) {
    boolean failed = renewalFails && pending.containsValue(AcknowledgeType.RENEW);
    boolean empty = pending.isEmpty();
    commit();
    Map<TopicIdPartition, Optional<KafkaException>> answer = new HashMap<>();
    if (!empty) {
      answer.put(
          new TopicIdPartition(Uuid.ONE_UUID, PARTITION),
          failed ? Optional.of(new InvalidRecordStateException("lost")) : Optional.empty());
    }
    return answer;
  }

  @Override
  public synchronized void commitAsync() {
    commit();
  }

  private void commit() {
    pending.forEach(
        (offset, type) -> {
          ConsumerRecord<byte[], byte[]> record = Objects.requireNonNull(inFlight.remove(offset));
          committed.add(type.name() + " " + offset);
          if (type == AcknowledgeType.RELEASE) {
            int count = record.deliveryCount().orElseThrow() + 1;
            available.put(
                offset, record(offset, record.key(), record.value(), record.headers(), count));
          } else if (type == AcknowledgeType.RENEW && !renewalFails) {
            renewed.put(offset, record);
          }
        });
    pending.clear();
  }

  @Override
  public synchronized void close(Duration timeout) {
    commit();
    closed = true;
    super.close(timeout);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      long offset,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers,
      int deliveryCount) {
    return new ConsumerRecord<>(
        PARTITION.topic(),
        0,
        offset,
        0,
        TimestampType.CREATE_TIME,
        0,
        0,
        key,
        value,
        headers,
        Optional.empty(),
        Optional.of((short) deliveryCount));
  }
}
