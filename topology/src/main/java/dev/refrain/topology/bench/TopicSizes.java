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
 * Sizes of the records on topics.
 *
 * @param client properties of every Kafka client
 */
record TopicSizes(Map<String, String> client) {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Mean bytes of the values on a topic; fails if there are none. */
  int mean(String topic) {
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
          bytes += record.value().length;
          records++;
        }
      }
      if (records == 0) {
        throw new IllegalStateException("There is no record on " + topic);
      }
      return Math.toIntExact(bytes / records);
    }
  }
}
