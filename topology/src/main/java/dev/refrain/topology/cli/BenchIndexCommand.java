package dev.refrain.topology.cli;

import dev.refrain.topology.bench.IndexBench;
import dev.refrain.topology.bench.IndexResult;
import dev.refrain.topology.serve.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain bench index}: building an index beside a bare Lucene loop. */
@Command(
    name = "index",
    description = {
      "Measure indexing beside a bare Lucene loop over the same passages.",
      "The two take turns; at least 0.8 of its speed is wanted, with at most 1 GiB of heap."
    },
    footerHeading = "%nExamples:%n",
    footer = "  refrain bench index --corpus wiki.jsonl.gz --rounds 5")
final class BenchIndexCommand implements Callable<Integer> {
  private static final int PASSAGE_WORDS = 100;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private CorpusOptions documents = new CorpusOptions();

  @Option(names = "--rounds", description = "Turns of both sides (default: ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var unused = common.load(List.of());
    Path corpus = documents.corpus();
    if (corpus == null) {
      throw common.wrongUsage("Give the documents with --corpus PATH.");
    }
    Output output = common.output();
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(30));
        ScratchFolder scratch = ScratchFolder.make("refrain-bench")) {
      IndexBench bench =
          new IndexBench(
              documents.documents(corpus),
              documents.settings(PASSAGE_WORDS),
              documents.handler(output),
              rounds);
      print(output, bench.run(scratch.path(), output::remark));
    }
    return 0;
  }

  private static void print(Output output, IndexResult result) {
    output.value(
        Map.of(
            "rounds", result.rounds(),
            "ratio", result.ratio(),
            "peakHeapBytes", result.peakHeap(),
            "heapLimitBytes", result.heapLimit()));
    Table table = Table.headed("passages", "passages/s", "Lucene/s", "ratio", "heap GiB");
    for (IndexResult.Round round : result.rounds()) {
      table.row(
          round.passages(),
          decimal("%.0f", round.builderPerSecond()),
          decimal("%.0f", round.barePerSecond()),
          decimal("%.2f", round.ratio()),
          gibibytes(round.peakHeap()));
    }
    output.table(table);
    output.line(decimal("ratio %.2f, the median; at least 0.80 is wanted", result.ratio()));
    output.line(
        "heap %s GiB at most, of %s GiB allowed; at most 1.00 is wanted"
            .formatted(gibibytes(result.peakHeap()), gibibytes(result.heapLimit())));
  }

  private static String gibibytes(long bytes) {
    return decimal("%.2f", bytes / (double) (1 << 30));
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
