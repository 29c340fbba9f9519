package dev.refrain.topology.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.gpuworkers.generate.LanguageModel;
import dev.refrain.gpuworkers.model.EngineSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomModelTest {
  private static final RandomModel MODEL = new RandomModel(2, 32, 4, 2, 64, 300, 64);

  @TempDir private Path folder;

  @Test
  void givesEachLetterATokenAndEndsNoSequence() throws IOException {
    MODEL.writeFolder(folder);

    try (LanguageModel model = LanguageModel.load(folder, new EngineSettings(1))) {
      assertThat(model.tokenizer().count(RandomModel.prompt(40, 3))).isEqualTo(40);
      assertThat(model.config().eosTokenIds()).isEmpty();
    }
    try (OwnEngine engine = OwnEngine.load("refrain", folder, new EngineSettings(1))) {
      assertThat(engine.seconds(RandomModel.prompt(40, 3), 20)).isPositive();
    }
  }

  /** 32 * 300 + 2 * (3072 in attention, 6144 in the feed-forward, 64 in norms) + 32 numbers. */
  @Test
  void hasTheSizeOfItsShape() throws IOException {
    MODEL.writeFolder(folder);

    ModelSize size = ModelSize.of(folder);
    assertThat(size.bytes()).isEqualTo(4 * (9600 + 2 * (3072 + 6144 + 64) + 32));
    assertThat(size.operationsPerPosition()).isEqualTo(2.0 * 2 * (3072 + 6144));
  }

  /** The header as {@code docs/gguf.md} has it; the numbers end the file. */
  @Test
  void writesTheSameWeightsAsGguf() throws IOException {
    Path file = folder.resolve("model.gguf");
    MODEL.writeGguf(file);
    MODEL.writeFolder(folder);

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.getInt()).isEqualTo(0x46554747);
    assertThat(bytes.getInt()).isEqualTo(3);
    assertThat(bytes.getLong()).isEqualTo(1 + 2 * 9 + 1);
    assertThat(bytes.capacity() % 32).isZero();
    long numbers = ModelSize.of(folder).bytes();
    assertThat((long) bytes.capacity()).isBetween(numbers, numbers + 20_000);
    assertThat(bytes.getFloat(bytes.capacity() - Float.BYTES)).isEqualTo(1f);
  }
}
