package dev.refrain.topology.cli;

import dev.refrain.topology.client.Connection;
import dev.refrain.topology.client.QuestionHistory.Explanation;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code refrain explain}: how one question was decided. */
@Command(
    name = "explain",
    description = "Show how a question was decided: signals, thresholds, action, evidence, cost.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain explain 3f2a91c0",
      "  refrain explain --since 1h --json --bootstrap-servers kafka:9092 3f2a91c0"
    })
final class ExplainCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private BrokerOptions brokers = new BrokerOptions();

  @Parameters(paramLabel = "ID", description = "Id of the question, as `refrain ask` prints it.")
  private String id = "";

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "Look no further back (default: all that is kept).")
  private @Nullable String since;

  @Override
  public Integer call() throws InterruptedException {
    common.hushClients();
    Configuration configuration = common.load(brokers.settings()).configuration();
    Instant from = since == null ? Instant.EPOCH : Instant.now().minus(DurationText.parse(since));
    try (Connection connection =
        Connection.open(configuration, Duration.ofSeconds(15), InstantSource.system())) {
      Explanation explanation = connection.history().explain(id, from);
      if (explanation.isEmpty()) {
        throw new CommandFailedException(
            "Nothing is kept of question %s: is the id right? Records are kept for %s."
                .formatted(id, DurationText.of(configuration.topics().retention())));
      }
      ExplanationPrinter.print(common.output(), explanation);
    }
    return 0;
  }
}
