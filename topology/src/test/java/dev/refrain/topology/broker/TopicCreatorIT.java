package dev.refrain.topology.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.schemas.TopicSpec;
import dev.refrain.schemas.Topics;
import dev.refrain.topology.broker.TopicState.Standing;
import dev.refrain.topology.harness.BrokerUnderTest;
import dev.refrain.topology.harness.OnEachBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class TopicCreatorIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final Topics topics =
      new Topics(UUID.randomUUID() + ".", 3, Duration.ofHours(1), Duration.ofDays(30));

  @OnEachBroker
  void makesEveryTopicOnceAndFindsThemTheNextTime(BrokerUnderTest broker) throws Exception {
    try (Admin admin = admin(broker.bootstrapServers())) {
      TopicCreator creator = new TopicCreator(admin, (short) 1, TIMEOUT);

      assertThat(standings(creator.plan(topics.all()))).containsOnly(Standing.MISSING);
      assertThat(admin.listTopics().names().get()).doesNotContain(topics.questions().name());
      assertThat(standings(creator.create(topics.all()))).containsOnly(Standing.CREATED);
      assertThat(standings(creator.create(topics.all()))).containsOnly(Standing.EXISTS);

      assertThat(admin.describeTopics(names()).allTopicNames().get())
          .allSatisfy(
              (name, topic) ->
                  assertThat(topic.partitions()).hasSize(name.endsWith("policies") ? 1 : 3));
      assertThat(setting(admin, topics.results(), "retention.ms")).isEqualTo("2592000000");
      assertThat(setting(admin, topics.policies(), "cleanup.policy")).isEqualTo("compact");
    }
  }

  @OnEachBroker
  void saysWhatDiffersAndLeavesItAsItIs(BrokerUnderTest broker) throws Exception {
    TopicSpec questions = topics.questions();
    try (Admin admin = admin(broker.bootstrapServers())) {
      NewTopic other =
          new NewTopic(questions.name(), 1, (short) 1)
              .configs(Map.of("cleanup.policy", "compact", "retention.ms", "3600000"));
      admin.createTopics(List.of(other)).all().get();

      List<TopicState> states =
          new TopicCreator(admin, TopicCreator.CLUSTER_DEFAULT, TIMEOUT).create(topics.all());

      assertThat(states.getFirst().standing()).isEqualTo(Standing.DIFFERS);
      assertThat(states.getFirst().differences())
          .containsExactlyInAnyOrder(
              "partitions is 1, wanted 3", "cleanup.policy is compact, wanted delete");
      assertThat(standings(states.subList(1, states.size()))).containsOnly(Standing.CREATED);
      assertThat(setting(admin, questions, "cleanup.policy")).isEqualTo("compact");
    }
  }

  @OnEachBroker
  void namesTheTopicAndTheRemedyWhenTheClusterHasTooFewBrokers(BrokerUnderTest broker) {
    try (Admin admin = admin(broker.bootstrapServers())) {
      assertThatThrownBy(
              () -> new TopicCreator(admin, (short) 3, TIMEOUT).create(List.of(topics.questions())))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining(topics.questions().name())
          .hasMessageContaining("Set the replication factor to at most the number of brokers");
    }
  }

  @Test
  void saysThatTheClusterDoesNotAnswer() {
    try (Admin admin = admin("127.0.0.1:1")) {
      assertThatThrownBy(
              () -> new TopicCreator(admin, (short) 1, Duration.ofMillis(500)).plan(topics.all()))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("Check the address of the cluster");
    }
  }

  private static Admin admin(String bootstrapServers) {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  private List<String> names() {
    return topics.all().stream().map(TopicSpec::name).toList();
  }

  private static Set<Standing> standings(List<TopicState> states) {
    return states.stream().map(TopicState::standing).collect(Collectors.toSet());
  }

  private static String setting(Admin admin, TopicSpec topic, String key) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    return admin
        .describeConfigs(List.of(resource))
        .all()
        .get()
        .values()
        .iterator()
        .next()
        .get(key)
        .value();
  }
}
