package dev.refrain.gpuworkers.pool;

import dev.refrain.gpuworkers.pool.Delivery.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A share consumer in explicit mode that remembers which records it holds. A share consumer refuses
 * to poll while it holds unacknowledged records, and gives a renewed record back only through a
 * poll: so a renewal acknowledges everything held with {@code RENEW}, commits, and polls once to
 * hold it again. One thread.
 */
final class SharedQueue {
  private static final Logger log = LoggerFactory.getLogger(SharedQueue.class);
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(10);

  private final ShareConsumer<byte[], byte[]> consumer;
  private final WorkerListener listener;
  private final Map<Place, Delivery> held = new LinkedHashMap<>();
  private final List<Delivery> waiting = new ArrayList<>();

  SharedQueue(ShareConsumer<byte[], byte[]> consumer, WorkerListener listener) {
    this.consumer = consumer;
    this.listener = listener;
  }

  void open(String topic) {
    consumer.setAcknowledgementCommitCallback(
        (offsets, e) -> {
          if (e != null) {
            log.warn("Not acknowledged, to be delivered again: {}: {}", offsets, e.toString());
            listener.happened(
                WorkerEvent.LOST, offsets.values().stream().mapToInt(Set::size).sum());
          }
        });
    consumer.subscribe(List.of(topic));
  }

  /**
   * Takes what waits. Everything taken before must have been settled; those acknowledgements are
   * committed on the way.
   *
   * @return records, each once; empty if none came in time
   */
  List<Delivery> take(Duration timeout) {
    if (waiting.isEmpty()) {
      consumer.poll(timeout).forEach(this::hold);
    }
    List<Delivery> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  /** Renews the locks of everything held; what cannot be renewed is no longer held. */
  void renew() {
    if (held.isEmpty()) {
      return;
    }
    held.values()
        .forEach(delivery -> consumer.acknowledge(delivery.record(), AcknowledgeType.RENEW));
    Set<TopicPartition> renewed = renewedPartitions(consumer.commitSync(COMMIT_TIMEOUT));
    Map<Place, Delivery> before = new LinkedHashMap<>(held);
    held.clear();
    int count = 0;
    if (before.keySet().stream().anyMatch(place -> renewed.contains(place.partition()))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ZERO)) {
        Delivery known = before.remove(Place.of(record));
        if (known == null) {
          hold(record);
        } else {
          held.put(known.place(), known);
          count++;
        }
      }
    }
    if (count > 0) {
      listener.happened(WorkerEvent.RENEWED, count);
    }
    if (!before.isEmpty()) {
      log.warn("Locks not renewed, to be delivered again: {}", before.keySet());
    }
  }

  /** Acknowledges a record at the next commit, renewal or take; nothing if its lock was lost. */
  void settle(Delivery delivery, AcknowledgeType type) {
    if (held.remove(delivery.place()) == null) {
      return;
    }
    try {
      consumer.acknowledge(delivery.record(), type);
      if (type == AcknowledgeType.RELEASE) {
        listener.happened(WorkerEvent.RELEASED, 1);
      }
    } catch (IllegalStateException e) {
      log.warn("Lock of {} lost, to be delivered again: {}", delivery.place(), e.getMessage());
      listener.happened(WorkerEvent.LOST, 1);
    }
  }

  /** Sends the acknowledgements to the broker now, without waiting. */
  void commit() {
    consumer.commitAsync();
  }

  /** Sends the acknowledgements to the broker now, and waits. */
  void commitAndWait() {
    consumer.commitSync(COMMIT_TIMEOUT);
  }

  /** Ends it: commits what is acknowledged, releases what is held and leaves the group. */
  void close(Duration timeout) {
    releaseAll();
    consumer.close(timeout);
  }

  /** Releases everything held, without waiting for the broker. */
  void releaseAll() {
    List.copyOf(held.values()).forEach(delivery -> settle(delivery, AcknowledgeType.RELEASE));
    waiting.clear();
  }

  /** How long the broker locks a record, once it has said so. */
  Optional<Duration> lock() {
    return consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis);
  }

  private void hold(ConsumerRecord<byte[], byte[]> record) {
    Delivery delivery = new Delivery(record);
    held.put(delivery.place(), delivery);
    waiting.add(delivery);
  }

  private static Set<TopicPartition> renewedPartitions(
      Map<TopicIdPartition, Optional<KafkaException>> answers) {
    answers.forEach(
        (partition, error) ->
            error.ifPresent(e -> log.warn("Not renewed on {}: {}", partition, e.toString())));
    return answers.entrySet().stream()
        .filter(answer -> answer.getValue().isEmpty())
        .map(answer -> answer.getKey().topicPartition())
        .collect(Collectors.toSet());
  }
}
