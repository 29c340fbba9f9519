package dev.refrain.topology.cli;

import dev.refrain.connectors.house.HouseModel;
import dev.refrain.topology.config.Preset;
import dev.refrain.topology.quickstart.Quickstart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The model that comes with Refrain, and the settings that go with it. */
final class HousePreset {
  private HousePreset() {}

  /** Unpacks the model. */
  static Preset make() {
    try {
      return of(folder());
    } catch (IOException e) {
      throw new UncheckedIOException("The settings of the house model cannot be read", e);
    }
  }

  /** The model's folder, unpacked beside Refrain's other data. */
  static Path folder() {
    String home = System.getProperty("refrain.home", System.getProperty("user.home") + "/.refrain");
    Path models = Path.of(home, "house");
    try {
      return HouseModel.unpack(models);
    } catch (IOException e) {
      throw new CommandFailedException(
          "The house model cannot be unpacked into %s (%s): make that folder writable, or name a model with --model DIR."
              .formatted(models, e),
          e);
    }
  }

  /**
   * A house model in a folder, with the soft prompts and word vectors that lie there.
   *
   * @throws IOException if the settings that go with it cannot be read
   */
  static Preset of(Path model) throws IOException {
    List<String> sets = new ArrayList<>();
    sets.add("model.folder=" + model);
    addFile("model.prompts.reader", model.resolve(HouseModel.READER), sets);
    addFile("model.prompts.chooser", model.resolve(HouseModel.CHOOSER), sets);
    addFile("packing.wordVectors", model.resolve(HouseModel.WORDS), sets);
    return new Preset("house model", Quickstart.houseSettings(), sets);
  }

  private static void addFile(String key, Path file, List<String> sets) {
    if (Files.exists(file)) {
      sets.add("%s=%s".formatted(key, file));
    }
  }
}
