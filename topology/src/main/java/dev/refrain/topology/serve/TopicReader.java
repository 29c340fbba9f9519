package dev.refrain.topology.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads what lies on topics, up to where they end when it begins. The records of a partition come
 * in their order, those of several in any. Safe for use by many threads.
 *
 * @param client properties of every Kafka client
 */
public record TopicReader(Map<String, String> client) {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Where reading begins. */
  private interface Start {
    void seek(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions);
  }

  public TopicReader {
    client = Map.copyOf(client);
  }

  /**
   * Reads a topic from its beginning.
   *
   * @param reading is given every record; its value may be null
   */
  public void fromBeginning(String topic, Consumer<ConsumerRecord<String, byte[]>> reading) {
    read(List.of(topic), KafkaConsumer::seekToBeginning, reading);
  }

  /**
   * Reads topics from a time on.
   *
   * @param time of the oldest records, by their timestamps
   * @param reading is given every record; its value may be null
   */
  void since(Instant time, List<String> topics, Consumer<ConsumerRecord<String, byte[]>> reading) {
    read(topics, (consumer, partitions) -> seek(consumer, partitions, time), reading);
  }

  private void read(
      List<String> topics, Start start, Consumer<ConsumerRecord<String, byte[]>> reading) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      start.seek(consumer, partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(POLL).forEach(reading);
      }
    }
  }

  private static void seek(
      KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, Instant time) {
    long millis = Math.max(0, time.toEpochMilli());
    Map<TopicPartition, OffsetAndTimestamp> starts =
        consumer.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(Function.identity(), p -> millis)));
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp start = starts.get(partition);
      if (start == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, start.offset());
      }
    }
  }
}
