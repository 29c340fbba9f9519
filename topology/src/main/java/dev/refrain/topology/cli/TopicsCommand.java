package dev.refrain.topology.cli;

import dev.refrain.topology.broker.Cluster;
import dev.refrain.topology.broker.TopicCreator;
import dev.refrain.topology.broker.TopicState;
import dev.refrain.topology.broker.TopicState.Standing;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.TopicsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain topics}: the topics on a cluster. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Make or list Refrain's topics on a cluster.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain topics list --bootstrap-servers kafka:9092",
      "  refrain topics create --dry-run --config refrain.yaml",
      "  refrain topics create --bootstrap-servers kafka:9092 --set topics.replicationFactor=3 --json"
    })
final class TopicsCommand {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  @Command(
      name = "create",
      description = "Make the topics that are missing; change nothing that is there.",
      footerHeading = "%nExamples:%n",
      footer = "  refrain topics create --dry-run --bootstrap-servers kafka:9092")
  int create(
      @Mixin CommonOptions common,
      @Mixin BrokerOptions brokers,
      @Option(names = "--dry-run", description = "Only say what would be done.") boolean dryRun)
      throws InterruptedException {
    return print(common, brokers, !dryRun);
  }

  @Command(
      name = "list",
      description = "List the topics and how they stand.",
      footerHeading = "%nExamples:%n",
      footer = "  refrain topics list --bootstrap-servers kafka:9092")
  int list(@Mixin CommonOptions common, @Mixin BrokerOptions brokers) throws InterruptedException {
    return print(common, brokers, false);
  }

  private static int print(CommonOptions common, BrokerOptions brokers, boolean create)
      throws InterruptedException {
    common.hushClients();
    Configuration configuration = common.load(brokers.settings()).configuration();
    TopicsConfig topics = configuration.topics();
    try (Cluster cluster = Cluster.attach(configuration.kafka(), configuration.broker());
        Admin admin = Admin.create(Map.<String, Object>copyOf(cluster.client()))) {
      TopicCreator creator = new TopicCreator(admin, (short) topics.replicationFactor(), TIMEOUT);
      List<TopicState> states =
          create ? creator.create(topics.topics().all()) : creator.plan(topics.topics().all());
      TopicPrinter.print(common.output(), states, topics.replicationFactor());
      return states.stream().anyMatch(state -> state.standing() == Standing.DIFFERS) ? 1 : 0;
    }
  }
}
