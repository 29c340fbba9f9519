package dev.refrain.topology.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts in the place of Refrain. */
@DisabledOnOs(OS.WINDOWS)
class StartBenchTest {
  @TempDir Path folder;

  @Test
  void measuresToTheFirstAnswerAndThenLetsTheProcessEnd() throws Exception {
    String script =
        """
        echo "$*" > %s
        sleep 0.3
        for i in 1 2 3 4 5; do echo "answer $i"; sleep 0.1; done
        read -r _ || true
        """;
    Path seen = folder.resolve("arguments");

    StartBench.Result result = bench(script.formatted(seen)).run(folder.resolve("data"));

    assertThat(result.firstAnswer()).isEqualTo("answer 1");
    assertThat(result.seconds()).isBetween(0.3, 30.0);
    assertThat(result.ended()).isTrue();
    assertThat(Files.readString(seen))
        .startsWith("quickstart --json")
        .contains("--model model")
        .contains("--set a.b=c")
        .contains("--folder " + folder.resolve("data"));
  }

  @Test
  void failsWhereTheProcessEndsBeforeItHasAnswered() {
    StartBench ending = bench("echo 'one answer'; exit 3");

    assertThatThrownBy(() -> ending.run(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("code 3");
  }

  private static StartBench bench(String script) {
    return new StartBench(
        List.of("sh", "-c", script, "refrain"), Path.of("model"), List.of("--set", "a.b=c"));
  }
}
