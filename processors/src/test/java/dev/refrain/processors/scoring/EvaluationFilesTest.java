package dev.refrain.processors.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluationFilesTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void path() {
    file = folder.resolve("file");
  }

  @Test
  void readsJudgementsOfTrecAndOfBeir() throws IOException {
    Map<String, Map<String, Integer>> expected =
        Map.of("1", Map.of("a", 1, "b", 0), "2", Map.of("a", 2));

    Files.writeString(file, "1 Q0 a 1\n1 0 b 0\r\n\n2\t0\ta\t2\n");
    assertThat(Qrels.read(file)).isEqualTo(expected);
    Files.writeString(file, "query-id\tcorpus-id\tscore\n1\ta\t1\n1\tb\t0\n2\ta\t2\n");
    assertThat(Qrels.read(file)).isEqualTo(expected);
  }

  @Test
  void namesTheJudgementItCannotRead() throws IOException {
    Files.writeString(file, "1 0 a 1\n1 0 b high\n");
    assertThatThrownBy(() -> Qrels.read(file))
        .hasMessage(file + ":2: the grade 'high' is no whole number");
    Files.writeString(file, "1 a\n");
    assertThatThrownBy(() -> Qrels.read(file)).hasMessageStartingWith(file + ":1: 2 columns");
    Files.writeString(file, "1 0 a 1\n1 0 a 1\n");
    assertThatThrownBy(() -> Qrels.read(file)).hasMessageContaining("judged twice for query 1");
  }

  @Test
  void readsQueriesFromTabsAndFromJson() throws IOException {
    Files.writeString(file, "1\twhat is it?\n2\ttab\there\n");
    assertThat(Queries.read(file))
        .containsExactly(Map.entry("1", "what is it?"), Map.entry("2", "tab\there"));
    Files.writeString(
        file, "{\"_id\":\"1\",\"text\":\"what?\",\"metadata\":{}}\n{\"id\":2,\"text\":\"x\"}\n");
    assertThat(Queries.read(file)).containsExactly(Map.entry("1", "what?"), Map.entry("2", "x"));
  }

  @Test
  void namesTheQueryItCannotRead() throws IOException {
    Files.writeString(file, "1\tx\nno tab\n");
    assertThatThrownBy(() -> Queries.read(file)).hasMessageStartingWith(file + ":2: not a query");
    Files.writeString(file, "1\tx\n1\ty\n");
    assertThatThrownBy(() -> Queries.read(file)).hasMessageContaining("the id 1 was used before");
    Files.writeString(file, "{\"id\":\"1\"}\n");
    assertThatThrownBy(() -> Queries.read(file)).hasMessageContaining("members id and text");
    Files.writeString(file, "{\"id\n");
    assertThatThrownBy(() -> Queries.read(file)).hasMessageContaining(":1: not JSON");
  }

  @Test
  void writesARunWhoseScoresKeepTheOrder() throws IOException {
    try (TrecRun run = TrecRun.create(file, "refrain")) {
      run.add("q1", "b", 2.5);
      run.add("q1", "a", 2.5);
      run.add("q1", "c", 1);
      run.add("q2", "a", 7);
    }

    assertThat(Files.readAllLines(file))
        .containsExactly(
            "q1 Q0 b 1 2.5 refrain",
            "q1 Q0 a 2 2.4999998 refrain",
            "q1 Q0 c 3 1.0 refrain",
            "q2 Q0 a 1 7.0 refrain");
  }

  @Test
  void refusesIdsThatARunCannotHold() throws IOException {
    try (TrecRun run = TrecRun.create(file, "refrain")) {
      assertThatThrownBy(() -> run.add("q", "my file.txt", 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'my file.txt'");
    }
  }
}
