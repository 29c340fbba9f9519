package dev.refrain.topology.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.connectors.prompt.Examples;
import dev.refrain.topology.prompts.ExampleFile.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleFileTest {
  @TempDir private Path folder;

  private final List<Long> asked = new ArrayList<>();

  @Test
  void goesOnWhereItWasInterruptedAndCutsOffHalfALine() throws IOException {
    Examples whole =
        ExampleFile.in(folder.resolve("whole"), "a").fill(200, this::odd, n -> {}).get();
    Path half = folder.resolve("half");
    asked.clear();

    assertThat(ExampleFile.in(half, "a").fill(200, this::interruptedOdd, n -> {})).isEmpty();
    int before = asked.size();
    Files.writeString(only(half), "{\"place\":", StandardOpenOption.APPEND);
    Examples resumed = ExampleFile.in(half, "a").fill(200, this::odd, n -> {}).get();

    assertThat(before).isLessThan(200);
    assertThat(asked).doesNotHaveDuplicates();
    assertThat(resumed).isEqualTo(whole);
    assertThat(only(half)).hasSameBinaryContentAs(only(folder.resolve("whole")));
    assertThat(Examples.read(only(half))).isEqualTo(whole);
  }

  @Test
  void keepsExamplesOfAnotherOriginApart() throws IOException {
    for (String origin : List.of("a", "b")) {
      assertThat(ExampleFile.in(folder, origin).fill(1, this::odd, n -> {})).isPresent();
    }

    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  private List<Line> interruptedOdd(long from, long to) {
    Thread.currentThread().interrupt();
    return odd(from, to);
  }

  /** Even places give no example. */
  private List<Line> odd(long from, long to) {
    return LongStream.range(from, to)
        .peek(asked::add)
        .filter(place -> place % 2 == 1)
        .mapToObj(place -> new Line(place, 3 * place, "question " + place, " yes\n"))
        .toList();
  }

  private static Path only(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }
}
