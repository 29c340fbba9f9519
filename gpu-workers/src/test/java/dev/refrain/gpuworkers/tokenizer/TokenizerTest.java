package dev.refrain.gpuworkers.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.model.UnusableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
  private static final int BOS = 1;

  @TempDir Path temporary;

  /** Ids and texts of Hugging Face tokenizers, among them one of more than 512 tokens. */
  @ParameterizedTest
  @CsvSource({Fixture.GROUPED_F32 + ",byteFallback", Fixture.TIED_F16 + ",byteLevel"})
  void encodesAndDecodesAsHuggingFace(String model, String name) {
    try (Tokenizer tokenizer = open(Fixture.path(model))) {
      for (JsonNode expected : Fixture.json("encodings.json").get(name)) {
        int[] ids =
            Fixture.numbers(expected.get("ids")).stream().mapToInt(Double::intValue).toArray();
        String text = expected.get("text").asText();
        assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids);
        assertThat(tokenizer.count(text)).isEqualTo(ids.length);
        assertThat(tokenizer.decode(ids)).as(text).isEqualTo(expected.get("decoded").asText());
      }
    }
  }

  /** Word pieces and unigrams. */
  @ParameterizedTest
  @ValueSource(strings = {"bert", "t5"})
  void framesATextAsHuggingFaceAndCutsItToFit(String name) {
    Path file = Fixture.path("encoders/" + name + "/tokenizer.json");
    try (Tokenizer whole = Tokenizer.framed(file, 10_000);
        Tokenizer cut = Tokenizer.framed(file, 6)) {
      for (JsonNode expected : Fixture.json("encoders/encodings.json").get(name)) {
        String text = expected.get("text").asText();
        List<Integer> ids =
            Fixture.numbers(expected.get("ids")).stream().map(Double::intValue).toList();
        assertThat(whole.encode(text)).containsExactly(ids.toArray(new Integer[0]));

        List<Integer> kept = new ArrayList<>(ids);
        while (kept.size() > 6) {
          kept.remove(kept.size() - 2);
        }
        assertThat(cut.encode(text)).containsExactly(kept.toArray(new Integer[0]));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Who adds it: the post-processor of tokenizer.json, tokenizer_config.json, both, neither.
    "true,,1",
    "false,true,1",
    "true,true,1",
    "false,,0",
    "false,false,0",
    "true,false,0"
  })
  void beginsWithTheStartTokenAsOftenAsTheFolderAsks(boolean template, Boolean flag, int times)
      throws IOException {
    Path folder = Fixture.copy(Fixture.GROUPED_F32, temporary.resolve("model"));
    if (!template) {
      Files.copy(
          Fixture.path("byte-level-tokenizer.json"),
          folder.resolve("tokenizer.json"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    if (flag != null) {
      Files.writeString(
          folder.resolve("tokenizer_config.json"), "{\"add_bos_token\": %s}".formatted(flag));
    }
    try (Tokenizer tokenizer = open(folder)) {
      assertThat(tokenizer.encode("song").length).isGreaterThan(times);
      assertThat(IntStream.of(tokenizer.encode("song")).filter(id -> id == BOS).count())
          .isEqualTo(times);
      assertThat(IntStream.of(tokenizer.encode("<s>song")).filter(id -> id == BOS).count())
          .as("a prompt that has one of its own")
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({Fixture.GROUPED_F32, Fixture.TIED_F16})
  void countsWhatItEncodesWhateverTheLines(String model) {
    String[] pieces = {
      "\n", "\n\n", " ", "  ", "\t", "\r\n", "song", " the", "Kenya: ", "é", "日本", "😀", "<s>",
      "</s>", "<unk>", "<0x0A>", "0x0A>", "<", "\u2028", "▁", "1999", "'s", "."
    };
    Random random = new Random(11);
    try (Tokenizer tokenizer = open(Fixture.path(model))) {
      for (int round = 0; round < 2_000; round++) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
          text.append(pieces[random.nextInt(pieces.length)]);
        }
        assertThat(tokenizer.count(text.toString()))
            .as("round %d: '%s'", round, text)
            .isEqualTo(tokenizer.encode(text.toString()).length);
      }
    }
  }

  @Test
  void servesManyThreads() {
    try (Tokenizer tokenizer = open(Fixture.path(Fixture.GROUPED_F32))) {
      List<String> texts = IntStream.range(0, 400).mapToObj(i -> "the song " + i).toList();
      List<String> alone = texts.stream().map(text -> roundTrip(tokenizer, text)).toList();

      assertThat(texts.parallelStream().map(text -> roundTrip(tokenizer, text)).toList())
          .isEqualTo(alone)
          .isEqualTo(texts);
    }
  }

  @Test
  void refusesAFileThatHoldsNoTokenizer() throws IOException {
    Path folder = Fixture.copy(Fixture.GROUPED_F32, temporary.resolve("model"));
    Files.writeString(folder.resolve("tokenizer.json"), "{\"version\": \"1.0\"}");

    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("tokenizer.json")
        .hasMessageContaining("no usable tokenizer");
  }

  private static Tokenizer open(Path folder) {
    return Tokenizer.open(ModelFolder.open(folder));
  }

  private static String roundTrip(Tokenizer tokenizer, String text) {
    return tokenizer.decode(tokenizer.encode(text));
  }
}
