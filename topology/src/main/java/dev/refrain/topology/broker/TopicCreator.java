package dev.refrain.topology.broker;

import dev.refrain.schemas.TopicSpec;
import dev.refrain.topology.broker.TopicState.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes Refrain's topics on a cluster. Makes what is missing and nothing else: never deletes, never
 * changes a topic that is there. Does not close the {@link Admin} it is given.
 */
public final class TopicCreator {

  /** The replication factor that the cluster gives new topics. */
  public static final short CLUSTER_DEFAULT = -1;

  private final Admin admin;
  private final short replicationFactor;
  private final Duration timeout;

  /**
   * @param replicationFactor 1 or more, or {@link #CLUSTER_DEFAULT}
   * @param timeout how long to wait for each answer of the cluster
   */
  public TopicCreator(Admin admin, short replicationFactor, Duration timeout) {
    if (replicationFactor < 1 && replicationFactor != CLUSTER_DEFAULT) {
      throw new IllegalArgumentException(
          "Replication factor is %d, must be 1 or more, or %d for the cluster's default"
              .formatted(replicationFactor, CLUSTER_DEFAULT));
    }
    this.admin = admin;
    this.replicationFactor = replicationFactor;
    this.timeout = timeout;
  }

  /**
   * How the topics stand, in the order given; changes nothing.
   *
   * @throws ClusterException if the cluster does not answer in time, or refuses
   */
  public List<TopicState> plan(List<TopicSpec> topics) throws InterruptedException {
    Map<String, TopicDescription> found = found(topics);
    Map<String, Config> settings = settings(found.keySet());
    return topics.stream()
        .map(
            topic -> {
              TopicDescription description = found.get(topic.name());
              Config config = settings.get(topic.name());
              return description == null || config == null
                  ? new TopicState(topic, Standing.MISSING, List.of())
                  : compared(topic, description, config);
            })
        .toList();
  }

  /**
   * Makes the topics that are missing, and waits until the cluster serves them.
   *
   * @return how each topic stood, in the order given; {@link Standing#CREATED} instead of missing
   * @throws ClusterException if the cluster does not answer in time, or refuses
   */
  public List<TopicState> create(List<TopicSpec> topics) throws InterruptedException {
    List<TopicState> before = plan(topics);
    List<TopicSpec> missing =
        before.stream()
            .filter(state -> state.standing() == Standing.MISSING)
            .map(TopicState::topic)
            .toList();
    if (missing.isEmpty()) {
      return before;
    }
    make(missing);
    awaitShown(missing);
    awaitServed(missing);
    return before.stream()
        .map(
            state ->
                state.standing() == Standing.MISSING
                    ? new TopicState(state.topic(), Standing.CREATED, List.of())
                    : state)
        .toList();
  }

  private void make(List<TopicSpec> missing) throws InterruptedException {
    List<NewTopic> wanted =
        missing.stream()
            .map(
                topic ->
                    new NewTopic(topic.name(), topic.partitions(), replicationFactor)
                        .configs(topic.kafkaConfig()))
            .toList();
    Map<String, KafkaFuture<Void>> made =
        admin.createTopics(wanted, new CreateTopicsOptions().timeoutMs(timeoutMs())).values();
    for (Map.Entry<String, KafkaFuture<Void>> topic : made.entrySet()) {
      try {
        topic.getValue().get();
      } catch (ExecutionException e) {
        // Another process that makes the same topics may have been faster.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw failure("make the topic " + topic.getKey(), causeOf(e));
        }
      }
    }
  }

  /** The controller has made them; every broker that is asked must know them, too. */
  private void awaitShown(List<TopicSpec> made) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (plan(made).stream().anyMatch(state -> state.standing() == Standing.MISSING)) {
      if (System.nanoTime() > deadline) {
        throw failure("see the new topics", new TimeoutException("not shown within " + timeout));
      }
      Thread.sleep(20);
    }
  }

  /**
   * The brokers that lead the partitions must have opened them: a producer that is faster may wait
   * for its first records for minutes.
   */
  private void awaitServed(List<TopicSpec> made) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicSpec topic : made) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    try {
      admin.listOffsets(ends, new ListOffsetsOptions().timeoutMs(timeoutMs())).all().get();
    } catch (ExecutionException e) {
      throw failure("see the new topics served", causeOf(e));
    }
  }

  private Map<String, TopicDescription> found(List<TopicSpec> topics) throws InterruptedException {
    List<String> names = topics.stream().map(TopicSpec::name).toList();
    Map<String, KafkaFuture<TopicDescription>> asked =
        admin
            .describeTopics(names, new DescribeTopicsOptions().timeoutMs(timeoutMs()))
            .topicNameValues();
    Map<String, TopicDescription> found = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : asked.entrySet()) {
      try {
        found.put(topic.getKey(), topic.getValue().get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw failure("describe the topic " + topic.getKey(), causeOf(e));
        }
      }
    }
    return found;
  }

  private Map<String, Config> settings(Set<String> names) throws InterruptedException {
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    try {
      Map<String, Config> settings = new HashMap<>();
      admin
          .describeConfigs(resources, new DescribeConfigsOptions().timeoutMs(timeoutMs()))
          .all()
          .get()
          .forEach((resource, config) -> settings.put(resource.name(), config));
      return settings;
    } catch (ExecutionException e) {
      throw failure("read the settings of the topics " + names, causeOf(e));
    }
  }

  private TopicState compared(TopicSpec topic, TopicDescription found, Config settings) {
    List<String> differences = new ArrayList<>();
    note(differences, "partitions", found.partitions().size(), topic.partitions());
    if (replicationFactor != CLUSTER_DEFAULT) {
      int replicas = found.partitions().getFirst().replicas().size();
      note(differences, "replication factor", replicas, (int) replicationFactor);
    }
    topic
        .kafkaConfig()
        .forEach((key, wanted) -> note(differences, key, settings.get(key).value(), wanted));
    return new TopicState(
        topic, differences.isEmpty() ? Standing.EXISTS : Standing.DIFFERS, differences);
  }

  private static void note(List<String> differences, String what, Object found, Object wanted) {
    if (!found.equals(wanted)) {
      differences.add("%s is %s, wanted %s".formatted(what, found, wanted));
    }
  }

  private static Throwable causeOf(ExecutionException e) {
    return e.getCause() == null ? e : e.getCause();
  }

  private static ClusterException failure(String what, Throwable cause) {
    String remedy =
        switch (cause) {
          case TimeoutException _ ->
              " Check the address of the cluster, and that it is reachable from here.";
          case InvalidReplicationFactorException _ ->
              " Set the replication factor to at most the number of brokers.";
          default -> "";
        };
    return new ClusterException(
        "Cannot %s: %s%s".formatted(what, sentence(String.valueOf(cause.getMessage())), remedy),
        cause);
  }

  private static String sentence(String message) {
    return message.endsWith(".") ? message : message + ".";
  }

  private int timeoutMs() {
    return Math.toIntExact(timeout.toMillis());
  }
}
