package dev.refrain.topology.client;

import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.topology.broker.Cluster;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.registry.Registries;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The brokers and the registry that a configuration names: an outside cluster, or the embedded
 * broker of a process that runs now.
 *
 * @param settings where clients find the topics
 * @param registry of the records' schemas; closed with the connection
 */
public record Connection(ClientSettings settings, SchemaRegistry registry)
    implements AutoCloseable {

  /**
   * Finds the brokers and opens the registry.
   *
   * @param timeout how long clients wait for the brokers
   * @throws dev.refrain.topology.config.ConfigurationException if no cluster is configured and no
   *     embedded broker runs
   */
  public static Connection open(Configuration configuration, Duration timeout, InstantSource clock)
      throws InterruptedException {
    ClientSettings settings;
    try (Cluster cluster = Cluster.attach(configuration.kafka(), configuration.broker())) {
      settings =
          new ClientSettings(
              cluster.bootstrapServers(),
              configuration.kafka().properties(),
              configuration.topics().topics(),
              timeout);
    }
    return new Connection(settings, Registries.open(configuration, clock));
  }

  /**
   * A client that asks questions; close it before the connection.
   *
   * @throws NoTopicsException if the brokers do not answer or lack the topics
   */
  public QuestionClient questionClient(InstantSource clock) {
    return QuestionClient.open(settings, registry, clock);
  }

  /** What the topics keep of questions. */
  public QuestionHistory history() {
    return new QuestionHistory(settings, registry);
  }

  @Override
  public void close() {
    registry.close();
  }
}
