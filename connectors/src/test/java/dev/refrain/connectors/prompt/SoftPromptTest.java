package dev.refrain.connectors.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.gpuworkers.model.UnusableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftPromptTest {
  private static final PromptCard CARD =
      new PromptCard("model-a", "data-b", "some examples", 12, 300, 7, 0.1);

  @TempDir private Path folder;

  @Test
  void comesBackFromItsFileWithItsCard() throws IOException {
    SoftPrompt prompt = new SoftPrompt(3, new float[] {1, -2, 3.5f, 4, 5e-20f, 6}, CARD);
    Path file = folder.resolve("p.safetensors");
    prompt.write(file);

    SoftPrompt read = SoftPrompt.read(file);

    assertThat(read.vectors()).containsExactly(1, -2, 3.5f, 4, 5e-20f, 6);
    assertThat(read.length()).isEqualTo(2);
    assertThat(read.hiddenSize()).isEqualTo(3);
    assertThat(read.card()).isEqualTo(CARD);
    assertThat(read.digest()).isEqualTo(prompt.digest());
  }

  @Test
  void hasAnotherDigestWithOneOtherNumber() {
    SoftPrompt prompt = new SoftPrompt(2, new float[] {1, 2}, CARD);

    assertThat(new SoftPrompt(2, new float[] {1, 3}, CARD).digest()).isNotEqualTo(prompt.digest());
  }

  @Test
  void refusesAnotherModelAndNamesBothDigests() {
    SoftPrompt prompt = new SoftPrompt(2, new float[] {1, 2}, CARD);

    prompt.requireModel("model-a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> prompt.requireModel("model-z"))
        .withMessageContaining("model-a")
        .withMessageContaining("model-z");
  }

  @Test
  void saysThatAFileIsNoSoftPrompt() throws IOException {
    Path file = folder.resolve("other.safetensors");
    byte[] header = "{}      ".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Files.write(file, new byte[] {(byte) header.length, 0, 0, 0, 0, 0, 0, 0});
    Files.write(file, header, java.nio.file.StandardOpenOption.APPEND);

    assertThatThrownBy(() -> SoftPrompt.read(file))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("prompt");
  }

  @Test
  void ordersEveryNumberOnce() {
    for (int size : new int[] {1, 2, 3, 17, 64, 65, 1000}) {
      Order order = new Order(5, size);
      boolean[] seen = new boolean[size];
      for (int place = 0; place < size; place++) {
        seen[order.at(place)] = true;
      }
      assertThat(seen).as("size %d", size).doesNotContain(false);
    }
    assertThat(new Order(5, 1000).at(0)).isNotEqualTo(new Order(6, 1000).at(0));
  }
}
