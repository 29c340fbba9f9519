package dev.refrain.gpuworkers.pool;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The two Kafka clients of a worker, which closes them. */
record WorkerClients(ShareConsumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer) {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Opens both; reaches no broker yet. The consumer acquires no more records than a batch and
   * prefetches none, so that every lock it holds is on work that is about to be done. The producer
   * is idempotent and lingers for a millisecond, so that the results of a batch are sent together.
   */
  static WorkerClients connect(WorkerSettings settings) {
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            producerConfig(settings), new ByteArraySerializer(), new ByteArraySerializer());
    try {
      return new WorkerClients(
          new KafkaShareConsumer<>(
              consumerConfig(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
          producer);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /** Commits what is acknowledged, releases what is held, and leaves the group. */
  void close() {
    try (producer) {
      consumer.close(CLOSE_TIMEOUT);
    }
  }

  private static Map<String, Object> consumerConfig(WorkerSettings settings) {
    Map<String, Object> config = new HashMap<>(settings.client());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
    config.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
    config.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxBatch());
    config.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, settings.name());
    return config;
  }

  private static Map<String, Object> producerConfig(WorkerSettings settings) {
    Map<String, Object> config = new HashMap<>(settings.client());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, settings.name());
    config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 1);
    config.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    return config;
  }
}
