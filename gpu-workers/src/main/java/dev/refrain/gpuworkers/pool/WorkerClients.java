package dev.refrain.gpuworkers.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

/** The Kafka clients of a worker, which closes them. */
record WorkerClients(
    List<ShareConsumer<byte[], byte[]>> consumers, Producer<byte[], byte[]> producer) {

  /** How long the broker lets a fetch wait for records. */
  static final Duration FETCH_WAIT = Duration.ofMillis(250);

  WorkerClients {
    consumers = List.copyOf(consumers);
  }

  /**
   * Opens them; reaches no broker yet. Together the consumers acquire no more records than may be
   * in flight and prefetch none, so that every lock they hold is on work that is being done. The
   * producer is idempotent and lingers for a millisecond, so that results that are there together
   * are sent together.
   */
  static WorkerClients connect(WorkerSettings settings) {
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            producerConfig(settings), new ByteArraySerializer(), new ByteArraySerializer());
    List<ShareConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    try {
      for (int i = 0; i < settings.consumers(); i++) {
        consumers.add(
            new KafkaShareConsumer<>(
                consumerConfig(settings, i),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()));
      }
      return new WorkerClients(consumers, producer);
    } catch (RuntimeException e) {
      consumers.forEach(consumer -> consumer.close(Duration.ZERO));
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  private static Map<String, Object> consumerConfig(WorkerSettings settings, int number) {
    Map<String, Object> config = new HashMap<>(settings.client());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
    config.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
    config.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxPerConsumer());
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) FETCH_WAIT.toMillis());
    config.merge(
        CommonClientConfigs.CLIENT_ID_CONFIG,
        settings.name() + "-" + number,
        (configured, _) -> configured + "-" + number);
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
