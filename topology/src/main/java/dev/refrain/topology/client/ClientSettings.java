package dev.refrain.topology.client;

import dev.refrain.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a client finds the topics.
 *
 * @param bootstrapServers {@code host:port}, several with commas
 * @param properties of every Kafka client, such as security
 * @param topics the table of topics
 * @param timeout how long to wait for the brokers, positive
 */
public record ClientSettings(
    String bootstrapServers, Map<String, String> properties, Topics topics, Duration timeout) {

  public ClientSettings {
    properties = Map.copyOf(properties);
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout is %s, must be positive".formatted(timeout));
    }
  }

  /** Properties of a producer that loses nothing and waits no longer than the timeout. */
  Map<String, Object> producer() {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("bootstrap.servers", bootstrapServers);
    all.put("acks", "all");
    all.put("linger.ms", "1");
    all.put("max.block.ms", Long.toString(timeout.toMillis()));
    return all;
  }

  /** Properties of a consumer without a group, that sees what is committed. */
  Map<String, Object> consumer() {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("bootstrap.servers", bootstrapServers);
    all.put("isolation.level", "read_committed");
    all.put("enable.auto.commit", "false");
    all.put("allow.auto.create.topics", "false");
    all.put("auto.offset.reset", "earliest");
    all.put("fetch.max.wait.ms", "100");
    all.put("default.api.timeout.ms", Long.toString(timeout.toMillis()));
    return all;
  }
}
