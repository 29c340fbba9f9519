package dev.refrain.topology.broker;

import java.nio.file.Path;

/**
 * Where the embedded broker keeps its records and listens.
 *
 * @param folder the data folder, made if it is not there
 * @param port port on the loopback interface, 1 to 65535, or {@link #FREE_PORT} for any free one
 */
public record BrokerSettings(Path folder, int port) {

  /** Any port that is free when the broker starts. */
  public static final int FREE_PORT = 0;

  public BrokerSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "Broker port is %d, must be 1 to 65535, or 0 for a free one".formatted(port));
    }
  }

  /** A broker on a free port. */
  public static BrokerSettings in(Path folder) {
    return new BrokerSettings(folder, FREE_PORT);
  }
}
