package dev.refrain.topology.config;

import java.nio.file.Path;

/**
 * Section {@code broker}: the embedded broker; of no effect where {@code kafka.bootstrapServers} is
 * set.
 *
 * @param folder its data, kept over restarts; one process at a time
 * @param port port on the loopback interface, 0 for a free one
 */
public record BrokerConfig(Path folder, int port) {

  public BrokerConfig {
    Require.that(port >= 0 && port <= 65_535, "port", port, "0 for a free one, or 1 to 65535");
  }
}
