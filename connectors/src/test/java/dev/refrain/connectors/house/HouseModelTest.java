package dev.refrain.connectors.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.gpuworkers.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HouseModelTest {
  @TempDir private Path folder;

  @Test
  void unpacksACompleteModelFolderOnce() throws IOException {
    Path model = HouseModel.unpack(folder);
    assertThat(ModelFolder.open(model).config().contextLength()).isGreaterThanOrEqualTo(512);

    FileTime written = Files.getLastModifiedTime(model.resolve("model.safetensors"));
    Files.delete(model.resolve("config.json"));
    assertThat(HouseModel.unpack(folder)).isEqualTo(model);

    assertThat(Files.getLastModifiedTime(model.resolve("model.safetensors"))).isEqualTo(written);
    assertThat(model.resolve("config.json")).exists();
    try (var files = Files.list(model)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".part"));
    }
  }
}
