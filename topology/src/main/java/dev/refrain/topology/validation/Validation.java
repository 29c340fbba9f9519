package dev.refrain.topology.validation;

import dev.refrain.topology.config.Configuration;
import java.time.Duration;
import java.util.List;

/** Tries everything that a configuration points at. */
public final class Validation {
  private Validation() {}

  /**
   * Tries index, model, brokers and registry, each on its own.
   *
   * @param timeout how long to wait for each of the brokers and the registry
   * @return one check or more for each, in this order
   */
  public static List<Check> of(Configuration configuration, Duration timeout) {
    return List.of(
        Folders.index(configuration.retrieval()),
        Folders.model(configuration.model(), configuration.reader().chat()),
        Brokers.reachable(configuration.kafka(), configuration.broker(), timeout),
        Registry.reachable(configuration.registry(), timeout));
  }
}
