package dev.refrain.topology.config;

import java.util.Map;

/**
 * Section {@code kafka}: the cluster.
 *
 * @param bootstrapServers {@code host:port}, several with commas; empty for the embedded broker
 * @param properties passed to every Kafka client as they are, for example for TLS and SASL
 */
public record KafkaConfig(String bootstrapServers, Map<String, String> properties) {

  public KafkaConfig {
    properties = Map.copyOf(properties);
    Require.that(
        !properties.containsKey("bootstrap.servers"),
        "properties",
        properties.keySet(),
        "without bootstrap.servers; use bootstrapServers");
  }

  /** Whether the broker is the one inside this process. */
  public boolean embedded() {
    return bootstrapServers.isBlank();
  }
}
