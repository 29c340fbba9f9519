package dev.refrain.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.refrain.topology.serve.InstantPools;
import dev.refrain.topology.serve.Server;
import dev.refrain.topology.serve.SmallWorld;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of an asker, beside a server that runs. */
class CommandsIT {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void asksExplainsAndListsBesideARunningServer() throws Exception {
    SmallWorld world = SmallWorld.in(folder);
    assertThat(run("ask", "Anyone?")).isEqualTo(2);
    assertThat(err.toString()).contains("No broker runs in").contains("refrain serve");
    try (Server server =
        Server.startWith(
            world.configuration(),
            InstantSource.system(),
            new SimpleMeterRegistry(),
            InstantPools::new)) {
      assertThat(server.surroundings().cluster().embedded()).isTrue();
      String id = asksOne(world.question(0));
      explains(id);
      asksAFile(world);
      listsTopics();
      refusesASecondServer(world);
    }
  }

  private void refusesASecondServer(SmallWorld world) {
    List<String> command = new ArrayList<>(List.of("serve"));
    world.settings().forEach(setting -> command.addAll(List.of("--set", setting)));
    assertThat(run(command.toArray(String[]::new))).isEqualTo(1);
    assertThat(err.toString().lines().filter(line -> line.startsWith("error: ")))
        .singleElement()
        .asString()
        .contains(folder.resolve("broker").toString(), "process " + ProcessHandle.current().pid());
  }

  private String asksOne(String question) throws Exception {
    assertThat(run("ask", "--json", question)).as(err.toString()).isZero();
    JsonNode ending = new JsonMapper().readTree(out.toString());
    assertThat(ending.get("status").textValue()).isEqualTo("ANSWERED");
    assertThat(ending.get("evidence")).isNotEmpty();
    assertThat(ending.get("passes").intValue()).isEqualTo(1);
    return ending.get("id").textValue();
  }

  private void explains(String id) throws Exception {
    assertThat(run("explain", id)).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("After pass 1: emit", "agreement", "minAgreement", "Ended: ", "passes");
    assertThat(run("explain", "--json", id)).isZero();
    JsonNode explanation = new JsonMapper().readTree(out.toString());
    assertThat(explanation.at("/decisions/0/action").textValue()).isEqualTo("emit");
    assertThat(run("explain", "nobody")).isEqualTo(1);
    assertThat(err.toString()).contains("Nothing is kept of question nobody");
  }

  private void asksAFile(SmallWorld world) throws Exception {
    Path file =
        Files.write(
            folder.resolve("questions.jsonl"),
            List.of(
                world.question(1),
                "{\"id\": \"x\", \"question\": \"%s\"}".formatted(world.question(2))));
    assertThat(run("ask", "--file", file.toString())).as(err.toString()).isZero();
    assertThat(out.toString().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains(world.question(2)));
    assertThat(run("ask", "--json", "--file", file.toString())).isZero();
    assertThat(out.toString().lines()).hasSize(2);
    assertThat(out.toString()).contains("\"attributes\":{\"id\":\"x\"}");
  }

  private void listsTopics() {
    assertThat(run("topics", "list", "--set", "topics.partitions=2")).isZero();
    assertThat(out.toString()).contains("qa.questions", "latest of each key", "exists");
    assertThat(run("topics", "create", "--dry-run", "--set", "topics.prefix=new.")).isZero();
    assertThat(out.toString()).contains("new.questions", "missing");
    assertThat(run("topics", "create", "--json", "--set", "topics.prefix=new.")).isZero();
    assertThat(out.toString()).contains("\"standing\":\"created\"");
    assertThat(run("topics", "list", "--set", "topics.partitions=3")).isEqualTo(1);
    assertThat(out.toString()).contains("differs; partitions is 2, wanted 3");
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--set", "broker.folder=" + folder.resolve("broker")));
    return Refrain.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
  }
}
