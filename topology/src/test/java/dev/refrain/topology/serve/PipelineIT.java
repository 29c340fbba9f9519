package dev.refrain.topology.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.topology.client.AskedQuestion;
import dev.refrain.topology.client.ClientSettings;
import dev.refrain.topology.client.Ending;
import dev.refrain.topology.client.QuestionClient;
import dev.refrain.topology.config.Configuration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way through a real broker. */
class PipelineIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void answersEveryQuestionThroughARealBroker() throws Exception {
    SmallWorld world = SmallWorld.in(folder);
    Configuration configuration = world.configuration();
    try (Server server =
            Server.startWith(
                configuration,
                InstantSource.system(),
                new SimpleMeterRegistry(),
                () -> new InstantPools(3));
        QuestionClient client = client(configuration, server)) {
      List<Ending> endings = new ArrayList<>();
      client.askAll(questions(world, 200), 50, endings::add);

      assertThat(endings).hasSize(200);
      assertThat(endings).extracting(Ending::status).containsOnly(Ending.Status.ANSWERED);
    }
  }

  private static List<AskedQuestion> questions(SmallWorld world, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> AskedQuestion.of("q" + i, world.question(i), LIMIT))
        .toList();
  }

  private static QuestionClient client(Configuration configuration, Server server) {
    return QuestionClient.open(
        new ClientSettings(
            server.surroundings().cluster().bootstrapServers(),
            Map.of(),
            StageSettings.topics(configuration.topics()),
            LIMIT),
        server.surroundings().registry(),
        InstantSource.system());
  }
}
