package dev.refrain.topology.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.topology.broker.TopicCreator;
import dev.refrain.topology.client.AskedQuestion;
import dev.refrain.topology.client.Ending;
import dev.refrain.topology.client.QuestionClient;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.harness.BrokerUnderTest;
import dev.refrain.topology.harness.OnEachBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way through a real broker, with pools that need no model. */
class PipelineIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int QUESTIONS = 200;

  @TempDir Path folder;

  @OnEachBroker
  void answersEveryQuestionOnceUnderExactlyOnce(BrokerUnderTest broker) throws Exception {
    answersEveryQuestionOnce(broker, "exactly-once");
  }

  @OnEachBroker
  void answersEveryQuestionOnceUnderAtLeastOnce(BrokerUnderTest broker) throws Exception {
    answersEveryQuestionOnce(broker, "at-least-once");
  }

  private void answersEveryQuestionOnce(BrokerUnderTest broker, String guarantee) throws Exception {
    String name = "pipeline-" + UUID.randomUUID().toString().substring(0, 8);
    SmallWorld world = SmallWorld.in(folder);
    Configuration configuration =
        world.configuration(
            "kafka.bootstrapServers=" + broker.bootstrapServers(),
            "topics.prefix=" + name + ".",
            "stream.applicationId=" + name,
            "stream.guarantee=" + guarantee);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicCreator(admin, (short) 1, LIMIT).create(configuration.topics().topics().all());
    }
    try (Server server = start(configuration);
        QuestionClient client = server.client(configuration)) {
      List<Ending> endings = new ArrayList<>();
      client.askAll(questions(world), 50, endings::add);

      assertThat(endings).hasSize(QUESTIONS);
      assertThat(endings).extracting(Ending::status).containsOnly(Ending.Status.ANSWERED);
      assertThat(endings.get(0).passes()).as("an even question is easy").isEqualTo(1);
      assertThat(endings.get(1).passes()).as("an odd question is hard").isEqualTo(2);
      assertThat(Topic.records(broker.bootstrapServers(), name + ".answers"))
          .as("records on the topic of answers")
          .hasSize(QUESTIONS);
    }
  }

  @Test
  void answersFromItsOwnBrokerAndAgainAfterARestart() throws Exception {
    SmallWorld world = SmallWorld.in(folder);
    Configuration configuration = world.configuration();
    for (String run : List.of("first", "second")) {
      try (Server server = start(configuration);
          QuestionClient client = server.client(configuration)) {
        Ending ending = client.ask(AskedQuestion.of(run, world.question(0), LIMIT)).get();
        assertThat(ending.status()).isEqualTo(Ending.Status.ANSWERED);
        assertThat(ending.text()).isEqualTo("Vega");
      }
    }
  }

  private static Server start(Configuration configuration) throws InterruptedException {
    return Server.startWith(
        configuration, InstantSource.system(), new SimpleMeterRegistry(), InstantPools::new);
  }

  private static List<AskedQuestion> questions(SmallWorld world) {
    return IntStream.range(0, QUESTIONS)
        .mapToObj(i -> AskedQuestion.of("q" + i, world.question(i), LIMIT))
        .toList();
  }
}
