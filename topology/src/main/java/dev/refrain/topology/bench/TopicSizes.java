package dev.refrain.topology.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What lies on topics.
 *
 * @param client properties of every Kafka client
 */
record TopicSizes(Map<String, String> client) {
  private static final Duration POLL = Duration.ofMillis(100);

  /**
   * What lies on one topic.
   *
   * @param records its records
   * @param bytes of their values
   */
  record Content(long records, long bytes) {

    /** Mean bytes of a value; 0 where there is none. */
    int meanBytes() {
      return records == 0 ? 0 : Math.toIntExact(bytes / records);
    }
  }

  /** Reads a topic from its beginning to its present end. */
  Content of(String topic) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            new HashMap<>(client), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long bytes = 0;
      long records = 0;
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          bytes += record.value() == null ? 0 : record.value().length;
          records++;
        }
      }
      return new Content(records, bytes);
    }
  }
}
