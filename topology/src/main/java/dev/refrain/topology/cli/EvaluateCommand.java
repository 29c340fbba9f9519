package dev.refrain.topology.cli;

import dev.refrain.topology.client.QuestionFile;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.DurationText;
import dev.refrain.topology.config.RetrievalConfig;
import dev.refrain.topology.evaluate.Baselines;
import dev.refrain.topology.evaluate.Evaluation;
import dev.refrain.topology.evaluate.Graded;
import dev.refrain.topology.evaluate.Summary;
import dev.refrain.topology.evaluate.TopSentence;
import dev.refrain.topology.quickstart.Quickstart;
import dev.refrain.topology.serve.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain evaluate}: sends a file of questions the whole way and grades the answers. */
@Command(
    name = "evaluate",
    subcommands = {EvaluateRetrievalCommand.class, EvaluateReadingCommand.class},
    description = {
      "Send questions with known answers the whole way, and grade what comes out.",
      "It runs everything in this process, on a broker in a temporary folder."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain evaluate --index wiki-index --questions dev.jsonl --limit 300 --model llama",
      "  refrain evaluate --index i --questions q.jsonl --model m --out answers.jsonl --json",
      "  refrain evaluate --almanac --baselines",
      "",
      "A line of the questions is JSON: {\"id\": ..., \"question\": ..., \"answers\": [...]},",
      "and perhaps \"kind\": figures are given by kind, too."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(names = "--questions", paramLabel = "FILE", description = "Questions with answers.")
  private @Nullable Path questions;

  @Option(names = "--almanac", description = "The corpus of the quickstart and all its questions.")
  private boolean almanac;

  @Option(
      names = "--baselines",
      description = "Also with one pass and with two passes for all, and without a model.")
  private boolean baselines;

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
    if ((questions == null) != almanac) {
      throw common.wrongUsage("Give the questions: --questions FILE, or --almanac.");
    }
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(60));
        ScratchFolder scratch = ScratchFolder.make("refrain-evaluate")) {
      List<String> settings = new ArrayList<>(folders.settings(List.of()));
      if (almanac) {
        Quickstart quickstart = new Quickstart(scratch.path());
        quickstart.prepare();
        settings.addFirst("retrieval.index=" + quickstart.index());
      }
      List<QuestionFile.Line> lines =
          (questions == null ? Quickstart.questions() : QuestionFile.read(questions))
              .stream().limit(limit).toList();
      return evaluate(lines, settings);
    }
  }

  private int evaluate(List<QuestionFile.Line> lines, List<String> settings)
      throws IOException, InterruptedException {
    Output output = common.output();
    List<Graded> policy = new ArrayList<>();
    Summary summary;
    try (JsonLinesWriter writer = JsonLinesWriter.to(out)) {
      summary =
          run(
              "evaluating",
              lines,
              settings,
              graded -> {
                policy.add(graded);
                writer.write(graded);
                output.value(graded);
              });
    }
    output.value(summary);
    SummaryPrinter.print(output, summary);
    if (baselines) {
      compare(lines, settings, policy);
    }
    return summary.failed() == 0 ? 0 : 1;
  }

  private void compare(List<QuestionFile.Line> lines, List<String> settings, List<Graded> policy)
      throws IOException, InterruptedException {
    List<Graded> one = new ArrayList<>();
    List<Graded> two = new ArrayList<>();
    Summary _ = run("one pass for all", lines, with(settings, Baselines.ONE_PASS), one::add);
    Summary _ = run("two passes for all", lines, with(settings, Baselines.TWO_PASSES), two::add);
    Baselines compared = new Baselines(policy, one, two);
    RetrievalConfig retrieval = common.loadWithModel(settings).configuration().retrieval();
    try (SearchedIndex index = SearchedIndex.open(retrieval.requiredIndex(), retrieval.bm25())) {
      TopSentence sentence = TopSentence.of(index.retriever(), lines);
      common.output().value(Map.of("baselines", compared.lines(), "topSentence", sentence));
      BaselinesPrinter.print(common.output(), compared, sentence);
    }
  }

  private static List<String> with(List<String> settings, List<String> more) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(more);
    return all;
  }

  private Summary run(
      String name, List<QuestionFile.Line> lines, List<String> settings, Consumer<Graded> sink)
      throws IOException, InterruptedException {
    try (ScratchFolder scratch = ScratchFolder.make("refrain-evaluate");
        ProgressBar progress = Progress.bar(name, lines.size(), true)) {
      Configuration configuration =
          common.loadWithModel(with(scratch.settings(), settings)).configuration();
      return new Evaluation(configuration, inFlight, DurationText.parse(timeout))
          .run(
              lines,
              graded -> {
                sink.accept(graded);
                progress.step();
              });
    }
  }
}
