package dev.refrain.topology.cli;

import dev.refrain.processors.retrieval.IndexReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain index}: turns documents into an index. */
@Command(
    name = "index",
    description = {
      "Turn documents into an index that questions are answered from.",
      "An index that is there is replaced in one step, under running servers."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain index --corpus wiki.jsonl.gz --out wiki-index",
      "  refrain index --corpus docs/ --out docs-index --passage-words 150",
      "  refrain index --corpus psgs_w100.tsv.gz --out dpr-index --on-bad-line skip --json"
    })
final class IndexCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private CorpusOptions documents = new CorpusOptions();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Folder of the index (default: retrieval.index).")
  private @Nullable Path out;

  @Option(
      names = "--passage-words",
      paramLabel = "N",
      description = "Words of a passage; 0 keeps documents whole (default: ${DEFAULT-VALUE}).")
  private int passageWords = 100;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path configured = common.load(List.of()).configuration().retrieval().index();
    Path folder = out == null ? configured : out;
    Path corpus = documents.corpus();
    if (corpus == null || folder == null) {
      throw common.wrongUsage(
          corpus == null
              ? "Give the documents with --corpus PATH."
              : "Give the folder of the index with --out DIR, or set retrieval.index.");
    }
    Output output = common.output();
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(30))) {
      IndexReport report = documents.build(corpus, folder, passageWords, output);
      output.value(report);
      output.table(
          Table.plain()
              .row("documents", report.documents())
              .row("without text", report.emptyDocuments())
              .row("bad lines", report.badLines())
              .row("passages", report.index().passages())
              .row("terms", report.index().terms()));
      output.line("digest " + report.index().digest());
      output.line("The index is in " + folder + ".");
    }
    return 0;
  }
}
