package dev.refrain.topology.cli;

import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.evaluate.reading.GoldReader;
import dev.refrain.topology.evaluate.reading.ReadingEvaluation;
import dev.refrain.topology.evaluate.reading.ReadingFile;
import dev.refrain.topology.evaluate.reading.ReadingSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code refrain evaluate reading}: how well the frozen model reads, without brokers or index. */
@Command(
    name = "reading",
    description = {
      "Measure the frozen model alone, with the gold paragraph of each question before it (EM, F1).",
      "It asks as `refrain serve` does, for the greedy answer. Ctrl-C ends it with the figures so far."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain evaluate reading dev-v1.1.json --limit 500",
      "  refrain evaluate reading dev-v1.1.json nq-open-gold.jsonl.gz --model DIR --out read.jsonl",
      "",
      "Files are SQuAD's JSON, or JSON lines with \"question\", \"answers\" and \"ctxs\" (title, text,",
      "isgold) as NQ-open gold has them; gzipped or not. Which they are is seen from their content."
    })
final class EvaluateReadingCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Questions with their paragraphs and answers.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "DIR",
      description = "Hugging Face folder of the model (default: model.folder, or the house model).")
  private @Nullable Path model;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only the first N questions of each file.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write a JSON line for each question, in their order.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (limit < 1) {
      throw common.wrongUsage("--limit is %d, must be 1 or more.".formatted(limit));
    }
    List<ReadingFile> sets = new ArrayList<>();
    for (Path file : files) {
      sets.add(ReadingFile.read(file).first(limit));
    }
    List<String> flags = model == null ? List.of() : List.of("model.folder=" + model);
    Configuration configuration = common.loadWithModel(flags).configuration();
    List<ReadingSummary> summaries = new ArrayList<>();
    try (Shutdown shutdown = Shutdown.watch(Duration.ofSeconds(60));
        JsonLinesWriter writer = JsonLinesWriter.to(out);
        GoldReader reader = GoldReader.open(configuration)) {
      ReadingEvaluation evaluation = new ReadingEvaluation(reader, shutdown::asked);
      for (ReadingFile set : sets) {
        summaries.add(read(set, evaluation, writer));
      }
      ReadingPrinter.print(common.output(), summaries);
      if (shutdown.asked()) {
        throw new InterruptedException();
      }
    }
    return 0;
  }

  private static ReadingSummary read(
      ReadingFile set, ReadingEvaluation evaluation, JsonLinesWriter writer) {
    try (ProgressBar bar = Progress.bar("reading", set.questions().size(), true)) {
      return evaluation.run(
          set,
          graded -> {
            writer.write(graded);
            bar.step();
          });
    }
  }
}
