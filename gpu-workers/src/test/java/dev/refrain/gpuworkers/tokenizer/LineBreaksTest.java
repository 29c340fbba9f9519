package dev.refrain.gpuworkers.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.gpuworkers.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineBreaksTest {
  @TempDir Path temporary;

  @Test
  void knowsThatSentencePieceTreatsLinesAloneAndByteLevelDoesNot() throws IOException {
    assertThat(separate(Fixture.path(Fixture.GROUPED_F32).resolve("tokenizer.json"))).isTrue();
    assertThat(separate(Fixture.path(Fixture.TIED_F16).resolve("tokenizer.json"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "\"pre_tokenizer\":null ~ \"pre_tokenizer\":{\"type\":\"Metaspace\"}",
        "\"type\":\"Prepend\" ~ \"type\":\"Strip\"",
        "\"prepend\":\"▁\" ~ \"prepend\":\"\\n\"",
        "\"pattern\":{\"String\":\" \"} ~ \"pattern\":{\"Regex\":\"\\\\s+\"}",
        "\"pattern\":{\"String\":\" \"} ~ \"pattern\":{\"String\":\"\\n\"}",
        "\"lstrip\":false ~ \"lstrip\":true",
        "\"rstrip\":false ~ \"rstrip\":true",
        "\"content\":\"</s>\" ~ \"content\":\"</s>\\n\"",
        "\"dropout\":null ~ \"dropout\":0.1",
        "\"type\":\"BPE\" ~ \"type\":\"Unigram\"",
        "\"byte_fallback\":true ~ \"byte_fallback\":false",
        "\"vocab\":{ ~ \"vocab\":{\".\\n\":9999,"
      })
  void takesNothingForGrantedThatCouldJoinLines(String part, String instead) throws IOException {
    String json = Files.readString(Fixture.path(Fixture.GROUPED_F32).resolve("tokenizer.json"));
    assertThat(json).contains(part);
    Path file = temporary.resolve("tokenizer.json");
    Files.writeString(file, json.replace(part, instead));

    assertThat(separate(file)).isFalse();
  }

  @Test
  void countsEachLineOnce() {
    List<String> counted = new ArrayList<>();
    LineCounts lines =
        new LineCounts(
            text -> {
              counted.add(text);
              return 1 + text.length();
            });

    assertThat(lines.count("one\ntwo\nthree")).isEqualTo(1 + 13);
    assertThat(lines.count("four\ntwo\nthree")).isEqualTo(1 + 14);
    assertThat(counted).containsExactly("\n", "one\n", "\ntwo\n", "\nthree", "four\n");
  }

  private static boolean separate(Path file) throws IOException {
    return LineBreaks.separate(file);
  }
}
