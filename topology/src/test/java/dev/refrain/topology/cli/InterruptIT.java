package dev.refrain.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.schemas.Topics;
import dev.refrain.topology.broker.BrokerSettings;
import dev.refrain.topology.broker.EmbeddedBroker;
import dev.refrain.topology.broker.TopicCreator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, as a terminal sends it to a process. */
class InterruptIT {
  @TempDir Path folder;

  @Test
  void endsACommandThatWaitsForAnAnswer() throws Exception {
    Topics topics = new Topics("qa.", 1, Duration.ofHours(1), Duration.ofHours(1));
    Path output = folder.resolve("output");
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("b")));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicCreator(admin, (short) 1, Duration.ofSeconds(20)).create(topics.all());
      Process ask =
          refrain(
              output,
              "ask",
              "-v",
              "--set",
              "broker.folder=" + folder.resolve("b"),
              "Is anyone there?");
      await(output, " is asked");
      new ProcessBuilder("kill", "-INT", Long.toString(ask.pid())).start().waitFor();
      assertThat(ask.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(output)).doesNotContain("error", "\tat ");
      assertThat(ask.exitValue()).isEqualTo(130);
    }
  }

  private static Process refrain(Path output, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.refrain,java",
                "-cp",
                System.getProperty("java.class.path"),
                Refrain.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static void await(Path output, String text) throws Exception {
    for (int i = 0; i < 600 && !Files.readString(output).contains(text); i++) {
      Thread.sleep(100);
    }
    assertThat(Files.readString(output)).contains(text);
  }
}
