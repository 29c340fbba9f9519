package dev.refrain.topology.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Utils;

/** Finds the partitions of a topic, and the one where the records of a key are. */
final class Partitions {
  private Partitions() {}

  /**
   * All partitions of a topic.
   *
   * @throws NoTopicsException if the brokers do not answer or the topic is not there
   */
  static List<TopicPartition> of(Consumer<?, ?> consumer, String topic, ClientSettings settings) {
    List<PartitionInfo> partitions;
    try {
      partitions = consumer.partitionsFor(topic);
    } catch (TimeoutException e) {
      throw new NoTopicsException(
          "No answer from the brokers at %s within %d s: is the address right, and do they run?"
              .formatted(settings.bootstrapServers(), settings.timeout().toSeconds()),
          e);
    }
    if (partitions == null || partitions.isEmpty()) {
      throw new NoTopicsException(
          "The brokers at %s have no topic %s: `refrain topics create` or `refrain serve` makes it."
              .formatted(settings.bootstrapServers(), topic));
    }
    return partitions.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
  }

  /** The partition that Kafka's producers choose for a key: murmur2 of its bytes. */
  static TopicPartition of(String key, List<TopicPartition> partitions) {
    int hash = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)));
    int number = hash % partitions.size();
    return partitions.stream()
        .filter(partition -> partition.partition() == number)
        .findFirst()
        .orElseThrow();
  }
}
