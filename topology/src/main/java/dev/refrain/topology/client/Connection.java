package dev.refrain.topology.client;

import dev.refrain.schemas.TopicSpec;
import dev.refrain.schemas.Topics;
import dev.refrain.schemas.registry.InProcessRegistry;
import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.topology.broker.RunningBroker;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.KafkaConfig;
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
   * @throws NoTopicsException if no cluster is configured and no embedded broker runs
   */
  public static Connection open(Configuration configuration, Duration timeout) {
    KafkaConfig kafka = configuration.kafka();
    Path folder = configuration.broker().folder();
    Topics topics = configuration.topics().topics();
    String servers = kafka.embedded() ? running(folder) : kafka.bootstrapServers();
    return new Connection(
        new ClientSettings(servers, kafka.properties(), topics, timeout),
        inProcess(folder, topics));
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

  /** The registry of processes that share a broker folder; it knows every record's schema. */
  private static SchemaRegistry inProcess(Path folder, Topics topics) {
    InProcessRegistry registry = InProcessRegistry.in(folder.resolve("schemas"));
    for (TopicSpec topic : topics.all()) {
      registry.register(topic.subject(), topic.schema());
    }
    return registry;
  }

  private static String running(Path folder) {
    return RunningBroker.in(folder)
        .map(RunningBroker::bootstrapServers)
        .orElseThrow(
            () ->
                new NoTopicsException(
                    "No broker runs on %s: start `refrain serve`, or give --bootstrap-servers."
                        .formatted(folder)));
  }

  @Override
  public void close() {
    registry.close();
  }
}
