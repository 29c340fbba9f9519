package dev.refrain.topology.cli;

import dev.refrain.topology.client.QuestionFile;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.DurationText;
import dev.refrain.topology.evaluate.Evaluation;
import dev.refrain.topology.evaluate.Summary;
import dev.refrain.topology.serve.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain evaluate}: sends a file of questions the whole way and grades the answers. */
@Command(
    name = "evaluate",
    subcommands = EvaluateRetrievalCommand.class,
    description = {
      "Send questions with known answers the whole way, and grade what comes out.",
      "It runs everything in this process, on a broker in a temporary folder."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain evaluate --index wiki-index --questions dev.jsonl --limit 300 --model llama",
      "  refrain evaluate --index i --questions q.jsonl --model m --out answers.jsonl --json",
      "",
      "A line of the questions is JSON: {\"id\": ..., \"question\": ..., \"answers\": [...]}."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(names = "--questions", paramLabel = "FILE", description = "Questions with answers.")
  private @Nullable Path questions;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N questions.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write a JSON line for each question, in their order.")
  private @Nullable Path out;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "Most questions on their way at a time (default: ${DEFAULT-VALUE}).")
  private int inFlight = 64;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "How long each answer may take (default: ${DEFAULT-VALUE}).")
  private String timeout = "30m";

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (questions == null) {
      throw common.wrongUsage("Give the questions: --questions FILE.");
    }
    List<QuestionFile.Line> lines = QuestionFile.read(questions).stream().limit(limit).toList();
    Output output = common.output();
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(60));
        ScratchFolder scratch = ScratchFolder.make("refrain-evaluate");
        GradedWriter writer = GradedWriter.to(out);
        ProgressBar progress = Progress.bar("evaluating", lines.size(), true)) {
      Configuration configuration =
          common.load(folders.settings(scratch.settings())).configuration();
      Evaluation evaluation = new Evaluation(configuration, inFlight, DurationText.parse(timeout));
      Summary summary =
          evaluation.run(
              lines,
              graded -> {
                writer.write(graded);
                output.value(graded);
                progress.step();
              });
      output.value(summary);
      SummaryPrinter.print(output, summary);
      return summary.failed() == 0 ? 0 : 1;
    }
  }
}
