package dev.refrain.topology.serve;

import dev.refrain.schemas.serde.Codecs;
import dev.refrain.topology.config.StreamConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams' configuration for a question's way. Stateless. */
public final class StreamProperties {
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

  /** A request to the re-ranker has 12 kB: with Kafka's own 16 kB each would be a batch alone. */
  private static final int BATCH_BYTES = 256 * 1024;

  /** Pending questions that most often end before they are ever written to a store's disk. */
  private static final long CACHE_BYTES = 64L * 1024 * 1024;

  private static final long MOST_POLL_MS = 100;
  private static final long LINGER_MS = 3;
  private static final long MOST_LINGER_MS = 1000;

  /** Kafka's constant for it is deprecated: one day it will be the only way. */
  private static final String HANDLE_GLOBAL_FAILURES_TOO =
      "processing.exception.handler.global.enabled";

  private StreamProperties() {}

  /**
   * Properties for the streams client.
   *
   * @param client properties of every Kafka client; they win over what is set here
   * @param replicationFactor copies of the changelogs
   */
  public static Properties of(
      StreamConfig stream,
      Map<String, String> client,
      int replicationFactor,
      String deadLetters,
      Codecs codecs) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, stream.applicationId());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee(stream.guarantee()));
    long commitEvery = Math.max(1, stream.commitEvery().toMillis());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitEvery);
    properties.put(StreamsConfig.POLL_MS_CONFIG, Math.min(MOST_POLL_MS, commitEvery));
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, stream.threads());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stream.stateFolder().toString());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, stream.standbyReplicas());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), linger(stream, commitEvery));
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        (int) SESSION_TIMEOUT.toMillis());
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, UnexpectedFailures.class);
    properties.put(HANDLE_GLOBAL_FAILURES_TOO, true);
    properties.put(UnexpectedFailures.TOPIC, deadLetters);
    properties.put(UnexpectedFailures.CODEC, codecs.deadLetters());
    properties.putAll(client);
    return properties;
  }

  /**
   * What is written under exactly-once is seen at the next commit, which sends what lingers:
   * waiting for it costs nothing and saves most requests to the brokers. Under at-least-once some
   * milliseconds a hop do that.
   */
  private static long linger(StreamConfig stream, long commitEvery) {
    return switch (stream.guarantee()) {
      case EXACTLY_ONCE -> Math.min(MOST_LINGER_MS, commitEvery);
      case AT_LEAST_ONCE -> Math.min(LINGER_MS, commitEvery);
    };
  }

  private static String guarantee(StreamConfig.Guarantee guarantee) {
    return switch (guarantee) {
      case EXACTLY_ONCE -> StreamsConfig.EXACTLY_ONCE_V2;
      case AT_LEAST_ONCE -> StreamsConfig.AT_LEAST_ONCE;
    };
  }
}
