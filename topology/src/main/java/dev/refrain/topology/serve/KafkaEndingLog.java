package dev.refrain.topology.serve;

import dev.refrain.processors.stages.EndingLog;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the ends of the topics of answers and dead letters. Safe for use by many threads. */
final class KafkaEndingLog implements EndingLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaEndingLog.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, String> client;
  private final List<String> topics;

  KafkaEndingLog(Map<String, String> client, List<String> topics) {
    this.client = Map.copyOf(client);
    this.topics = List.copyOf(topics);
  }

  @Override
  public Set<String> since(Instant time) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    Set<String> ids = new HashSet<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      seek(consumer, partitions, time);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(POLL).forEach(record -> ids.add(String.valueOf(record.key())));
      }
    }
    LOG.info("{} questions have ended since {}", ids.size(), time);
    return ids;
  }

  private static void seek(
      KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, Instant time) {
    Map<TopicPartition, Long> times =
        partitions.stream().collect(Collectors.toMap(Function.identity(), p -> millis(time)));
    Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp start = starts.get(partition);
      if (start == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, start.offset());
      }
    }
  }

  private static long millis(Instant time) {
    return Math.max(0, time.toEpochMilli());
  }
}
