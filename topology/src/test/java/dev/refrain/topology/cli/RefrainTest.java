package dev.refrain.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RefrainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void explainsItselfWithoutACommand() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: refrain").contains("Commands:");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void showsExamplesInTheHelpOfEveryCommand() {
    for (CommandLine command : Refrain.commandLine().getSubcommands().values()) {
      if (!command.getCommandName().equals("help")) {
        assertThat(command.getUsageMessage())
            .as(command.getCommandName())
            .contains("Examples:", "refrain " + command.getCommandName(), "--json", "--set");
      }
    }
  }

  @Test
  void suggestsTheNearestCommandAndFlag() {
    assertThat(run("validte")).isEqualTo(2);
    assertThat(err.toString()).contains("validte").contains("Did you mean: refrain validate");
    assertThat(run("validate", "--confg", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("--confg").contains("--config");
    assertThat(err.toString()).contains("Try `refrain validate --help`.").doesNotContain("\tat ");
  }

  @Test
  void reportsAConfigurationThatCannotBeUsedInOneLine() {
    assertThat(run("validate", "--set", "retrieval.topk=3")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("error: --set: retrieval.topk: unknown key; did you mean retrieval.topK?\n");
  }

  @Test
  void refusesQuestionsThatNoCorpusAnswers(@TempDir Path folder) {
    String out = folder.resolve("house").toString();
    assertThat(run("train", "house", "--out", out, "--questions", "asked.jsonl")).isEqualTo(2);
    assertThat(err.toString()).contains("--questions is [asked.jsonl]").contains("name a corpus");
    assertThat(folder.resolve("house")).doesNotExist();
  }

  @Test
  void showsTheStackTraceOnlyWhenAsked() {
    run("validate", "--set", "nothing=3", "--verbose");
    assertThat(err.toString()).contains("\tat dev.refrain");
  }

  @Test
  void validatesTheDefaults() {
    assertThat(run("validate")).isZero();
    assertThat(out.toString()).contains("house model").contains("brokers");
  }

  @Test
  void printsWhereEachValueComesFrom(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("refrain.yaml"), "retrieval: {topK: 7}\n");
    assertThat(run("validate", "-c", file.toString(), "--set", "reader.samples=4")).isZero();
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("retrieval\\.topK +7 +" + file))
        .anyMatch(line -> line.matches("reader\\.samples +4 +--set"));
  }

  @Test
  void failsWhereAFolderIsMissing(@TempDir Path folder) {
    String missing = folder.resolve("missing").toString();
    assertThat(run("validate", "--set", "model.folder=" + missing)).isEqualTo(1);
    assertThat(out.toString()).contains("FAILED").contains(missing + ": is no folder");
  }

  @Test
  void failsWhereAModelHasNoChatTemplateThatIsAskedFor() {
    assertThat(run("validate", "--set", "reader.chat=true")).isEqualTo(1);
    assertThat(out.toString()).contains("FAILED").contains("has no chat_template");
  }

  @Test
  void failsWhereNoBrokerAndNoRegistryAnswers() {
    int code =
        run(
            "validate",
            "--json",
            "--set",
            "kafka.bootstrapServers=localhost:1",
            "--set",
            "registry.url=http://localhost:1");
    assertThat(code).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("{")
        .contains("localhost:1 does not answer")
        .contains("http://localhost:1 does not answer");
  }

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("(?s)refrain \\d+\\.\\d+.*");
  }

  private int run(String... args) {
    return Refrain.run(new PrintWriter(out), new PrintWriter(err), args);
  }
}
