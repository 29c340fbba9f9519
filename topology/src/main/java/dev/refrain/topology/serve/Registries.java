package dev.refrain.topology.serve;

import dev.refrain.schemas.registry.InProcessRegistry;
import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.topology.config.BrokerConfig;
import dev.refrain.topology.config.RegistryConfig;
import java.nio.file.Path;
import java.time.InstantSource;

/** Opens the configured schema registry. Stateless. */
public final class Registries {
  private Registries() {}

  /** Where the in-process registry keeps its schemas: beside the embedded broker's records. */
  public static Path folder(BrokerConfig broker) {
    return broker.folder().resolve("schemas");
  }

  /**
   * The registry at the configured URL, or the one inside the process.
   *
   * @param folder where the one inside the process keeps its schemas
   */
  public static SchemaRegistry open(RegistryConfig config, Path folder, InstantSource clock) {
    if (config.inProcess()) {
      return InProcessRegistry.in(folder);
    }
    throw new UnsupportedOperationException("HTTP registry at " + config.url() + clock);
  }
}
