package dev.refrain.topology.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which brokers a client talks to. */
final class BrokerOptions {
  @Option(
      names = {"-b", "--bootstrap-servers"},
      paramLabel = "HOST:PORT",
      description =
          "Kafka brokers, several with commas"
              + " (default: kafka.bootstrapServers, or the embedded broker that runs now).")
  private @Nullable String bootstrapServers;

  /** The flags as {@code key=value} of the configuration. */
  List<String> settings() {
    return bootstrapServers == null
        ? List.of()
        : List.of("kafka.bootstrapServers=" + bootstrapServers);
  }
}
