package dev.refrain.topology.cli;

import dev.refrain.connectors.house.HouseModel;
import dev.refrain.topology.config.Preset;
import dev.refrain.topology.quickstart.Quickstart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The model that comes with Refrain, and the settings that go with it. */
final class HousePreset {
  private HousePreset() {}

  /** Unpacks the model beside Refrain's other data. */
  static Preset make() {
    String home = System.getProperty("refrain.home", System.getProperty("user.home") + "/.refrain");
    Path models = Path.of(home, "house");
    try {
      return new Preset(
          "house model",
          Quickstart.houseSettings(),
          List.of("model.folder=" + HouseModel.unpack(models)));
    } catch (IOException e) {
      throw new CommandFailedException(
          "The house model cannot be unpacked into %s (%s): make that folder writable, or name a model with --model DIR."
              .formatted(models, e),
          e);
    }
  }
}
