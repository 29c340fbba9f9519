package dev.refrain.topology.cli;

import dev.refrain.topology.client.AskedQuestion;
import dev.refrain.topology.client.Connection;
import dev.refrain.topology.client.Ending;
import dev.refrain.topology.client.QuestionClient;
import dev.refrain.topology.client.QuestionFile;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.DurationText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code refrain ask}: asks a question, or a file of them, and waits for the answers. */
@Command(
    name = "ask",
    description = "Ask a question, or a file of them, and wait for the answers.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain ask \"Who invented the telephone?\"",
      "  refrain ask --bootstrap-servers kafka:9092 --json \"How long is the Nile?\"",
      "  refrain ask --file questions.jsonl",
      "",
      "A line of the file is a question in plain words, or JSON with \"question\" and perhaps \"id\"."
    })
final class AskCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private BrokerOptions brokers = new BrokerOptions();

  @Parameters(paramLabel = "QUESTION", arity = "0..*", description = "The question.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Ask every line of a file instead.")
  private @Nullable Path file;

  @Option(names = "--task", description = "Task to ask for (default: ${DEFAULT-VALUE}).")
  private String task = "qa";

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "How long an answer may take, such as 30s (default: questions.timeLimit).")
  private @Nullable String timeout;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "Most questions of a file on their way at a time (default: ${DEFAULT-VALUE}).")
  private int inFlight = 64;

  @Option(
      names = "--evidence",
      paramLabel = "N",
      description = "Passages of evidence to print (default: ${DEFAULT-VALUE}).")
  private int evidence = 3;

  @Override
  @SuppressWarnings("try") // The shutdown only has to be open.
  public Integer call() throws IOException, InterruptedException {
    common.hushClients();
    Configuration configuration = common.load(brokers.settings()).configuration();
    Duration limit =
        timeout == null ? configuration.questions().timeLimit() : DurationText.parse(timeout);
    List<AskedQuestion> questions = questions(limit);
    Output output = common.output();
    List<Ending> endings = new ArrayList<>();
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(10));
        Connection connection =
            Connection.open(configuration, Duration.ofSeconds(15), InstantSource.system());
        QuestionClient client = connection.questionClient(InstantSource.system());
        ProgressBar progress = Progress.bar("asking", questions.size(), file != null)) {
      client.askAll(
          questions,
          inFlight,
          ending -> {
            endings.add(ending);
            output.value(ending);
            progress.step();
          });
    }
    EndingPrinter.print(output, endings, file == null ? evidence : 0);
    return endings.stream().allMatch(Ending::decided) ? 0 : 1;
  }

  private List<AskedQuestion> questions(Duration limit) throws IOException {
    if ((file == null) == words.isEmpty()) {
      throw common.wrongUsage("Give a question, or a file of questions with --file.");
    }
    List<QuestionFile.Line> lines =
        file == null
            ? List.of(new QuestionFile.Line("", String.join(" ", words), task, List.of()))
            : QuestionFile.read(file);
    return AskedQuestion.all(lines, UUID.randomUUID().toString().substring(0, 8), limit);
  }
}
