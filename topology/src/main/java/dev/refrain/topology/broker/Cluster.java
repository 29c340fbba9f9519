package dev.refrain.topology.broker;

import dev.refrain.topology.config.BrokerConfig;
import dev.refrain.topology.config.ConfigurationException;
import dev.refrain.topology.config.KafkaConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka cluster that everything talks to: an outside one, or the embedded broker, which is
 * closed with this. Safe for use by many threads.
 */
public final class Cluster implements AutoCloseable {
  private final @Nullable EmbeddedBroker broker;
  private final Map<String, String> client;

  private Cluster(
      @Nullable EmbeddedBroker broker, String bootstrapServers, Map<String, String> properties) {
    this.broker = broker;
    Map<String, String> all = new HashMap<>(properties);
    all.put("bootstrap.servers", bootstrapServers);
    this.client = Map.copyOf(all);
  }

  /**
   * The configured cluster; starts the embedded broker where none is configured.
   *
   * @throws BrokerInUseException if another process serves its folder
   * @throws BrokerStartException if it cannot start
   */
  public static Cluster open(KafkaConfig kafka, BrokerConfig embedded) {
    if (!kafka.embedded()) {
      return outside(kafka);
    }
    EmbeddedBroker broker =
        EmbeddedBroker.start(new BrokerSettings(embedded.folder(), embedded.port()));
    return new Cluster(broker, broker.bootstrapServers(), kafka.properties());
  }

  /**
   * The configured cluster, or the embedded broker that another process runs.
   *
   * @throws ConfigurationException if no cluster is configured and no broker runs
   */
  public static Cluster attach(KafkaConfig kafka, BrokerConfig embedded) {
    if (!kafka.embedded()) {
      return outside(kafka);
    }
    return RunningBroker.in(embedded.folder())
        .map(running -> new Cluster(null, running.bootstrapServers(), kafka.properties()))
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "No broker runs in %s: start `refrain serve`, or give --bootstrap-servers HOST:PORT."
                        .formatted(embedded.folder())));
  }

  private static Cluster outside(KafkaConfig kafka) {
    return new Cluster(null, kafka.bootstrapServers(), kafka.properties());
  }

  /** Properties of every Kafka client, {@code bootstrap.servers} among them. */
  public Map<String, String> client() {
    return client;
  }

  /** The cluster's address. */
  public String bootstrapServers() {
    return client.getOrDefault("bootstrap.servers", "");
  }

  /** Whether this process runs the broker. */
  public boolean embedded() {
    return broker != null;
  }

  @Override
  public void close() {
    if (broker != null) {
      broker.close();
    }
  }
}
