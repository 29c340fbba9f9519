package dev.refrain.topology.registry;

import dev.refrain.schemas.registry.ConfluentRegistry;
import dev.refrain.schemas.registry.Credentials;
import dev.refrain.schemas.registry.InProcessRegistry;
import dev.refrain.schemas.registry.KeyStoreFile;
import dev.refrain.schemas.registry.RegistryPatience;
import dev.refrain.schemas.registry.RegistrySettings;
import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.schemas.registry.TopicSchemas;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.RegistryConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the configured schema registry. Stateless. */
public final class Registries {
  private static final Logger LOG = LoggerFactory.getLogger(Registries.class);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  private Registries() {}

  /**
   * The registry at the configured URL, or the one inside the process, which keeps its schemas
   * beside the embedded broker's records. Registers the schema of every topic; waits for a registry
   * that does not answer, up to the configured time.
   *
   * @throws dev.refrain.schemas.registry.IncompatibleSchemaException if a schema is refused
   * @throws dev.refrain.schemas.registry.RegistryUnavailableException if it does not answer in time
   */
  public static SchemaRegistry open(Configuration configuration, InstantSource clock)
      throws InterruptedException {
    RegistryConfig config = configuration.registry();
    SchemaRegistry registry =
        config.inProcess()
            ? InProcessRegistry.in(configuration.broker().folder().resolve("schemas"))
            : new ConfluentRegistry(settings(config));
    try {
      RegistryPatience patience =
          new RegistryPatience(
              config.startTimeout(),
              clock,
              (reason, pause) ->
                  LOG.warn("{} Trying again in {} ms.", reason.getMessage(), pause.toMillis()));
      var unused =
          patience.ask(
              () -> TopicSchemas.register(registry, configuration.topics().topics().all()));
      return registry;
    } catch (RuntimeException | InterruptedException e) {
      registry.close();
      throw e;
    }
  }

  private static RegistrySettings settings(RegistryConfig config) {
    return new RegistrySettings(
        Arrays.stream(config.url().split(",")).map(String::strip).toList(),
        credentials(config),
        file(config.trustStore()),
        file(config.keyStore()),
        REQUEST_TIMEOUT);
  }

  private static Credentials credentials(RegistryConfig config) {
    if (!config.bearerToken().isEmpty()) {
      return new Credentials.Bearer(config.bearerToken());
    }
    return config.username().isEmpty()
        ? new Credentials.None()
        : new Credentials.Basic(config.username(), config.password());
  }

  private static Optional<KeyStoreFile> file(RegistryConfig.Store store) {
    Path path = store.path();
    return path == null ? Optional.empty() : Optional.of(new KeyStoreFile(path, store.password()));
  }
}
