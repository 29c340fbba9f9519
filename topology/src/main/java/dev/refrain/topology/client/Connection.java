package dev.refrain.topology.client;

import dev.refrain.schemas.TopicSpec;
import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.serve.Cluster;
import dev.refrain.topology.serve.Registries;
import java.nio.file.Path;
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
  public static Connection open(
      Configuration configuration, Duration timeout, InstantSource clock) {
    ClientSettings settings;
    try (Cluster cluster = Cluster.attach(configuration.kafka(), configuration.broker())) {
      settings =
          new ClientSettings(
              cluster.bootstrapServers(),
              configuration.kafka().properties(),
              configuration.topics().topics(),
              timeout);
    }
    Path folder = Registries.folder(configuration.broker());
    SchemaRegistry registry = Registries.open(configuration.registry(), folder, clock);
    if (configuration.registry().inProcess()) {
      // Its ids are fingerprints: knowing every schema, it reads what other processes wrote.
      for (TopicSpec topic : settings.topics().all()) {
        registry.register(topic.subject(), topic.schema());
      }
    }
    return new Connection(settings, registry);
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
