package dev.refrain.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.connectors.house.HouseModel;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.PromptsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousePresetTest {
  @TempDir private Path folder;

  @Test
  void setsTheSoftPromptsThatLieInTheModelsFolder() throws IOException {
    assertThat(prompts()).isEqualTo(new PromptsConfig(null, null));

    Path reader = Files.createFile(folder.resolve(HouseModel.READER));
    assertThat(prompts()).isEqualTo(new PromptsConfig(reader, null));

    Path chooser = Files.createFile(folder.resolve(HouseModel.CHOOSER));
    assertThat(prompts()).isEqualTo(new PromptsConfig(reader, chooser));
  }

  @Test
  void leavesTheUsersOwnSoftPrompts() throws IOException {
    Path chooser = Files.createFile(folder.resolve(HouseModel.CHOOSER));
    Files.createFile(folder.resolve(HouseModel.READER));

    assertThat(prompts("model.prompts.reader=mine.safetensors"))
        .isEqualTo(new PromptsConfig(Path.of("mine.safetensors"), chooser));
    assertThat(prompts("model.prompts.reader=", "model.prompts.chooser="))
        .isEqualTo(new PromptsConfig(null, null));
  }

  private PromptsConfig prompts(String... sets) throws IOException {
    var preset = HousePreset.of(folder);
    return Configuration.load(Optional.empty(), List.of(sets), Map.of(), () -> preset)
        .configuration()
        .model()
        .prompts();
  }
}
