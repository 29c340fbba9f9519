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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, as a terminal sends it to a process. */
class InterruptIT {
  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endWhatStillRuns() {
    started.forEach(Process::destroyForcibly);
  }

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
      interrupt(ask, output);
    }
  }

  @Test
  void endsAQuickstartThatWaitsForTyping() throws Exception {
    Path output = folder.resolve("output");
    String model = "src/test/resources/dev/refrain/topology/serve/tiny-llama";
    String[] command = {
      "quickstart", "--questions", "1", "--model", model, "--folder", folder.resolve("q").toString()
    };
    Process quickstart = refrain(output, command);
    await(output, "Type a question");
    interrupt(quickstart, output);
  }

  @Test
  void endsAReadingWithTheFiguresSoFar() throws Exception {
    String line =
        "{\"question\": \"what is red\", \"answers\": [\"tea\"], \"ctxs\": [{\"text\": \"Tea is red.\"}]}\n";
    Path questions = Files.writeString(folder.resolve("questions.jsonl"), line.repeat(5_000));
    Path output = folder.resolve("output");
    Path readings = Files.createFile(folder.resolve("readings.jsonl"));
    String[] command = {"evaluate", "reading", questions.toString(), "--out", readings.toString()};
    Process reading = refrain(output, command);
    await(readings, "\"exactMatch\"");
    interrupt(reading, output);
    int read = Files.readAllLines(readings).size();
    assertThat(Files.readString(output)).contains(" %d of 5000 ".formatted(read));
  }

  private static void interrupt(Process process, Path output) throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    boolean ended = process.waitFor(20, TimeUnit.SECONDS);
    assertThat(ended).as("ended within 20 s").isTrue();
    assertThat(Files.readString(output)).doesNotContain("error:", "\tat ");
    assertThat(process.exitValue()).isEqualTo(130);
  }

  private Process refrain(Path output, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-DOPT_OUT_TRACKING=true",
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.refrain,java",
                "-cp",
                System.getProperty("java.class.path"),
                Refrain.class.getName()));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    started.add(process);
    return process;
  }

  private static void await(Path output, String text) throws Exception {
    for (int i = 0; i < 600 && !Files.readString(output).contains(text); i++) {
      Thread.sleep(100);
    }
    assertThat(Files.readString(output)).contains(text);
  }
}
