package dev.refrain.topology.cli;

import dev.refrain.gpuworkers.hub.ModelReference;
import dev.refrain.topology.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Names of pulled models, where a folder may stand. */
final class PulledModels {
  private PulledModels() {}

  /** The folder of the pulled model that {@code model.folder} names; empty if it names none. */
  static Optional<Path> folder(Configuration configuration) {
    Path named = configuration.model().folder();
    return named == null ? Optional.empty() : folder(named.toString(), configuration);
  }

  /** The folder of the pulled model with that name; empty where a folder has it, or no model. */
  static Optional<Path> folder(String name, Configuration configuration) {
    Optional<ModelReference> reference = ModelReference.parse(name);
    if (reference.isEmpty() || Files.isDirectory(Path.of(name))) {
      return Optional.empty();
    }
    try {
      return configuration.hub().store().find(reference.get());
    } catch (IOException e) {
      throw new CommandFailedException(
          "The pulled models in %s cannot be read (%s): check that folder, or set hub.folder to another."
              .formatted(configuration.hub().folder(), e),
          e);
    }
  }
}
