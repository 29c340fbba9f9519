package dev.refrain.topology.harness;

import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.kafka.KafkaContainer;

/** Apache Kafka's own image in a container. */
final class ContainerBrokerUnderTest implements BrokerUnderTest {
  private static final String IMAGE = "apache/kafka:4.3.1";

  private final KafkaContainer container;

  private ContainerBrokerUnderTest(KafkaContainer container) {
    this.container = container;
  }

  /** The broker, or nothing where no Docker engine answers or the image cannot be had. */
  static Optional<ContainerBrokerUnderTest> start() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.empty();
    }
    KafkaContainer container =
        new KafkaContainer(IMAGE)
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1")
            // Tests do not wait as long as the defaults ask for at least.
            .withEnv("KAFKA_GROUP_SHARE_MIN_RECORD_LOCK_DURATION_MS", "1000")
            .withEnv("KAFKA_GROUP_SHARE_MIN_SESSION_TIMEOUT_MS", "1000")
            .withEnv("KAFKA_GROUP_SHARE_MIN_HEARTBEAT_INTERVAL_MS", "200")
            .withEnv("KAFKA_GROUP_STREAMS_MIN_SESSION_TIMEOUT_MS", "1000")
            .withEnv("KAFKA_GROUP_STREAMS_MIN_HEARTBEAT_INTERVAL_MS", "200")
            .withEnv("KAFKA_GROUP_STREAMS_INITIAL_REBALANCE_DELAY_MS", "0")
            .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")
            .withEnv("KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "1000");
    try {
      container.start();
    } catch (ContainerFetchException e) {
      return Optional.empty();
    }
    return Optional.of(new ContainerBrokerUnderTest(container));
  }

  @Override
  public String bootstrapServers() {
    return container.getBootstrapServers();
  }

  @Override
  public void close() {
    container.stop();
  }
}
