package dev.refrain.topology.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.refrain.processors.retrieval.IndexSettings;
import dev.refrain.processors.retrieval.documents.BadLineHandler;
import dev.refrain.processors.retrieval.documents.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexBenchTest {
  @TempDir Path folder;

  @Test
  void letsBothSidesIndexTheSamePassagesInEveryRound() throws Exception {
    Path file = folder.resolve("corpus.jsonl");
    Files.writeString(file, "{\"id\":\"1\",\"text\":\"%s\"}\n".formatted("word ".repeat(250)));
    List<String> progress = new ArrayList<>();

    IndexResult result =
        new IndexBench(Corpus.at(file), IndexSettings.DEFAULT, BadLineHandler.FAIL, 2)
            .run(folder.resolve("scratch"), progress::add);

    assertThat(result.rounds()).hasSize(2).allMatch(round -> round.passages() == 3);
    assertThat(progress).containsExactly("1 of 2 rounds", "2 of 2 rounds");
    assertThat(result.peakHeap()).isPositive().isLessThan(result.heapLimit());
  }

  @Test
  void comparesRoundByRound() {
    IndexResult result =
        new IndexResult(
            List.of(
                new IndexResult.Round(100, 4, 1, 10), // A cold start: 0.25.
                new IndexResult.Round(100, 1, 0.9, 30),
                new IndexResult.Round(100, 2, 1.9, 20)),
            50);

    assertThat(result.ratio()).isCloseTo(0.9, within(1e-9));
    assertThat(result.rounds().getLast().builderPerSecond()).isCloseTo(50, within(1e-9));
    assertThat(result.rounds().getFirst().barePerSecond()).isCloseTo(100, within(1e-9));
    assertThat(result.peakHeap()).isEqualTo(30);
  }

  @Test
  void refusesToMeasureNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "word");
    Corpus corpus = Corpus.at(file);

    assertThatThrownBy(() -> new IndexBench(corpus, IndexSettings.DEFAULT, BadLineHandler.FAIL, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 rounds");
  }
}
