package dev.refrain.topology.registry;

import dev.refrain.schemas.TopicSpec;
import dev.refrain.schemas.registry.InProcessRegistry;
import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.topology.config.Configuration;
import java.nio.file.Path;
import java.time.InstantSource;

/** Opens the configured schema registry. Stateless. */
public final class Registries {
  private Registries() {}

  /**
   * The registry at the configured URL, or the one inside the process, which keeps its schemas
   * beside the embedded broker's records. Every schema of the topics is registered.
   *
   * @throws dev.refrain.schemas.registry.IncompatibleSchemaException if one is refused
   */
  public static SchemaRegistry open(Configuration configuration, InstantSource clock) {
    Path folder = configuration.broker().folder().resolve("schemas");
    SchemaRegistry registry = InProcessRegistry.in(folder);
    for (TopicSpec topic : configuration.topics().topics().all()) {
      registry.register(topic.subject(), topic.schema());
    }
    return registry;
  }
}
