package dev.refrain.connectors.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.refrain.gpuworkers.model.SafetensorsWriter;
import dev.refrain.gpuworkers.model.UnusableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordVectorsTest {
  private static final Vocabulary VOCABULARY =
      new Vocabulary(
          List.of(
              new Vocabulary.Entry("ant", 10),
              new Vocabulary.Entry("bee", 5),
              new Vocabulary.Entry("zebra", 2)),
          100);

  /** A number keeps eight bits: a product is wrong by at most twice 2^-9 of it. */
  private static final double ROUNDING = 0.004;

  @TempDir private Path folder;

  @Test
  void comesBackFromItsFile() throws IOException {
    WordVectors vectors = WordVectors.read(file(1, 0, 0.6f, 0.8f, 0, -1));

    assertThat(vectors.knows("bee")).isTrue();
    assertThat(vectors.cosine("ant", "bee")).isCloseTo(0.6, within(ROUNDING));
    assertThat(vectors.cosine("zebra", "bee")).isCloseTo(-0.8, within(ROUNDING));
    assertThat(vectors.cosine("bee", "bee")).isEqualTo(1);
    assertThat(vectors.rarity("ant")).isCloseTo(Math.log(10), within(1e-12));
    assertThat(vectors.rarity("bee")).isCloseTo(Math.log(20), within(1e-12));
  }

  @Test
  void takesAWordThatItDoesNotKnowForARareStranger() throws IOException {
    WordVectors vectors = WordVectors.read(file(1, 0, 0.6f, 0.8f, 0, -1));

    assertThat(vectors.knows("Ant")).isFalse();
    assertThat(vectors.cosine("ant", "gnu")).isZero();
    assertThat(vectors.cosine("gnu", "ant")).isZero();
    assertThat(vectors.cosine("gnu", "gnu")).isEqualTo(1);
    assertThat(vectors.rarity("gnu")).isCloseTo(Math.log(50), within(1e-12));
  }

  @Test
  void hasAnotherDigestWithAnotherNumberOrWord() throws IOException {
    String digest = WordVectors.read(file(1, 0, 0, 1, 0, -1)).digest();
    Map<String, String> renamed = fields();
    renamed.put("words", "ant bee zebu");

    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(WordVectors.read(file(1, 0, 0, 1, 0, -1)).digest()).isEqualTo(digest);
    assertThat(WordVectors.read(file(1, 0, 0, 1, 0, 1)).digest()).isNotEqualTo(digest);
    assertThat(WordVectors.read(file(renamed, 1, 0, 0, 1, 0, -1)).digest()).isNotEqualTo(digest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "words|ant bee|it has 2 words and 3 numbers of occurrences",
        "words|ant bee ant|the word ant is there twice",
        "occurrences|10 five 2|occurrences has five, must have whole numbers",
        "occurrences|10 0 2|the word bee has 0 occurrences, must have 1 to 100",
        "tokens|9|the word ant has 10 occurrences, must have 1 to 9",
        "tokens||its metadata lacks tokens"
      })
  void saysWhatIsWrongWithTheMetadata(String field, String value, String message)
      throws IOException {
    Map<String, String> fields = fields();
    fields.remove(field);
    if (value != null) {
      fields.put(field, value);
    }
    assertUnusable(file(fields, 1, 0, 0, 1, 0, -1), message);
  }

  @Test
  void saysWhatIsWrongWithTheVectors() throws IOException {
    assertUnusable(file(1, 0, 0.5f, 0.5f, 0, -1), "the vector of bee has length 0.707, must be 1");
    assertUnusable(file(1, 0, Float.NaN, 0, 0, -1), "the vector of bee has length NaN, must be 1");
    Path other = folder.resolve("other.safetensors");
    SafetensorsWriter writer = new SafetensorsWriter(SafetensorsWriter.Precision.F32);
    fields().forEach(writer::metadata);
    writer.add("vectors", new long[] {2, 1}, new float[] {1, 1}).write(other);
    assertUnusable(other, "tensor vectors has shape [2, 1], must be [3, D]");
  }

  @Test
  void refusesAFileThatIsCutOffOrMissing() throws IOException {
    Path file = file(1, 0, 0, 1, 0, -1);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertUnusable(file, "truncated");
    assertUnusable(
        folder.resolve("none.safetensors"),
        "does not exist; name a file that `refrain train words` wrote");
  }

  private static void assertUnusable(Path file, String message) {
    assertThatThrownBy(() -> WordVectors.read(file))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  private Path file(float... vectors) throws IOException {
    Path file = folder.resolve("words.safetensors");
    WordVectors.write(file, VOCABULARY, vectors);
    return file;
  }

  private Path file(Map<String, String> fields, float... vectors) throws IOException {
    Path file = folder.resolve("words.safetensors");
    SafetensorsWriter writer = new SafetensorsWriter(SafetensorsWriter.Precision.BF16);
    fields.forEach(writer::metadata);
    writer.add("vectors", new long[] {3, vectors.length / 3}, vectors).write(file);
    return file;
  }

  private static Map<String, String> fields() {
    return new TreeMap<>(VOCABULARY.fields());
  }
}
