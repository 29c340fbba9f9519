package dev.refrain.topology.serve;

import dev.refrain.schemas.TopicSpec;
import dev.refrain.topology.broker.Cluster;
import dev.refrain.topology.broker.TopicCreator;
import dev.refrain.topology.broker.TopicState.Standing;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.ConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/**
 * Sees to it that the topics are there before anything reads them: makes them on the embedded
 * broker, and on an outside cluster asks for it, since that is for its operator to say. Stateless.
 */
final class TopicsAtStart {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private TopicsAtStart() {}

  static void ready(Cluster cluster, Configuration configuration) throws InterruptedException {
    List<TopicSpec> topics = configuration.topics().topics().all();
    try (Admin admin = Admin.create(new HashMap<>(cluster.client()))) {
      TopicCreator creator =
          new TopicCreator(admin, (short) configuration.topics().replicationFactor(), TIMEOUT);
      if (cluster.embedded()) {
        creator.create(topics);
        return;
      }
      List<String> missing =
          creator.plan(topics).stream()
              .filter(state -> state.standing() == Standing.MISSING)
              .map(state -> state.topic().name())
              .toList();
      if (!missing.isEmpty()) {
        throw new ConfigurationException(
            "The cluster at %s lacks the topics %s: run `refrain topics create` first."
                .formatted(cluster.bootstrapServers(), missing));
      }
    }
  }
}
