package dev.refrain.connectors.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.connectors.prompt.SoftPrompt;
import dev.refrain.gpuworkers.model.ModelFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
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

  @Test
  void carriesItsSoftPromptsWhereThereAreAny() throws IOException {
    Path bare = HouseModel.unpack(folder, name -> name.contains("er.safe") ? null : file(name, 1));
    Path tuned = HouseModel.unpack(folder, name -> file(name, 1));
    Path retuned =
        HouseModel.unpack(folder, name -> file(name, name.equals(HouseModel.READER) ? 2 : 1));

    assertThat(bare.resolve(HouseModel.READER)).doesNotExist();
    assertThat(bare.resolve(HouseModel.CHOOSER)).doesNotExist();
    assertThat(tuned.resolve(HouseModel.READER)).hasBinaryContent(new byte[] {1});
    assertThat(tuned.resolve(HouseModel.CHOOSER)).hasBinaryContent(new byte[] {1});
    assertThat(List.of(bare, tuned, retuned))
        .as("a folder for each version")
        .doesNotHaveDuplicates();
  }

  private static InputStream file(String name, int content) {
    assertThat(name).isNotEmpty();
    return new ByteArrayInputStream(new byte[] {(byte) content});
  }

  @Test
  void carriesOnlySoftPromptsThatWereTunedInFrontOfIt() throws IOException {
    Path model = HouseModel.unpack(folder);
    String digest = ModelFolder.open(model).digest();
    for (String name : List.of(HouseModel.READER, HouseModel.CHOOSER)) {
      if (Files.exists(model.resolve(name))) {
        SoftPrompt.read(model.resolve(name)).requireModel(digest);
      }
    }
  }
}
