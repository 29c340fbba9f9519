package dev.refrain.schemas;

import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * One row of the table of topics: what a topic holds and how it is kept. Keys are UTF-8 strings,
 * values are records of the schema in the Confluent wire format.
 *
 * @param name full name, prefix included
 * @param key what the key is, in words
 * @param schema schema of the values
 * @param partitions number of partitions, 1 or more
 * @param cleanup whether old records are deleted or compacted
 * @param retention how long records are kept; ignored for compacted topics
 */
public record TopicSpec(
    String name, String key, Schema schema, int partitions, Cleanup cleanup, Duration retention) {

  /** Kafka's {@code cleanup.policy}. */
  public enum Cleanup {
    DELETE,
    COMPACT
  }

  public TopicSpec {
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "Topic %s: partitions is %d, must be 1 or more".formatted(name, partitions));
    }
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException(
          "Topic %s: retention is %s, must be positive".formatted(name, retention));
    }
  }

  /** The Confluent subject of the values. */
  public String subject() {
    return name + "-value";
  }

  /** The topic's configuration as Kafka names it. */
  public Map<String, String> kafkaConfig() {
    return switch (cleanup) {
      case COMPACT -> Map.of("cleanup.policy", "compact");
      case DELETE ->
          Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(retention.toMillis()));
    };
  }
}
