package dev.refrain.topology.validation;

import dev.refrain.topology.config.Configuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tries everything that a configuration points at. */
public final class Validation {
  private Validation() {}

  /**
   * Tries index, model, word vectors, where there are any, brokers, registry and, where there is
   * one, the engine elsewhere, each on its own.
   *
   * @param timeout how long to wait for each of the brokers and the registry
   * @return one check or more for each, in this order
   */
  public static List<Check> of(Configuration configuration, Duration timeout) {
    List<Check> checks = new ArrayList<>();
    checks.add(Folders.index(configuration.retrieval()));
    checks.add(Folders.model(configuration.model(), configuration.reader().chat()));
    Path words = configuration.packing().wordVectors();
    if (words != null) {
      checks.add(Folders.words(words));
    }
    checks.add(Brokers.reachable(configuration.kafka(), configuration.broker(), timeout));
    checks.add(Registry.reachable(configuration.registry(), timeout));
    if (configuration.workers().openai().given()) {
      checks.add(Engine.reachable(configuration.workers().openai()));
    }
    return checks;
  }
}
