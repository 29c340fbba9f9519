package dev.refrain.connectors.house.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairTrainingTest {
  @TempDir Path temporary;

  @Test
  void learnsTheMergesOfCountingEverythingAnewAfterEachMerge() throws IOException {
    List<String> lines = lines();
    JsonNode tokenizer = tokenizer(BytePairTraining.learn(lines.stream(), 700));

    List<String> merges = new ArrayList<>();
    tokenizer.at("/model/merges").forEach(merge -> merges.add(merge.asText()));

    assertThat(merges)
        .hasSizeGreaterThan(140)
        .isEqualTo(NaiveBytePairs.learn(lines, merges.size(), tokenizer.at("/model/vocab")));
  }

  @Test
  void learnsTheSameInWhateverOrderTheTextsCome() throws IOException {
    List<String> shuffled = lines();
    Collections.shuffle(shuffled, new Random(7));

    assertThat(written(BytePairTraining.learn(shuffled.stream(), 480)))
        .isEqualTo(written(BytePairTraining.learn(lines().stream(), 480)));
  }

  @Test
  void learnsTheCommittedTokenizer() throws IOException {
    Path folder = Path.of("target", "learnt-tokenizer");
    BytePairTraining.learn(lines().stream(), 480).write(folder);

    assertThat(folder.resolve("tokenizer.json"))
        .hasSameTextualContentAs(resource("tokenizer.json"));
  }

  @Test
  void hasTheSizeThatWasAskedForOrLessWhereNoPairOccursTwice() throws IOException {
    assertThat(BytePairTraining.learn(lines().stream(), 480).size()).isEqualTo(480);
    assertThat(BytePairTraining.learn(Stream.of("abc abd"), 600).size())
        // "▁ab" occurs once and "ab" twice.
        .isEqualTo(BytePairTraining.smallest() + 1);
    assertThat(BytePairTraining.learn(Stream.of("abab"), BytePairTraining.smallest()).size())
        .isEqualTo(BytePairTraining.smallest());
  }

  @Test
  void putsSpecialTokensBytesAndCharactersInFrontOfTheMerges() throws IOException {
    BytePairVocabulary vocabulary = BytePairTraining.learn(Stream.of("ää ää ä", "ää"), 600);
    JsonNode tokens = tokenizer(vocabulary).at("/model/vocab");

    assertThat(vocabulary.unknownTokenId()).isEqualTo(tokens.get("<unk>").intValue()).isEqualTo(0);
    assertThat(vocabulary.bosTokenId()).isEqualTo(tokens.get("<s>").intValue()).isEqualTo(1);
    assertThat(vocabulary.eosTokenId()).isEqualTo(tokens.get("</s>").intValue()).isEqualTo(2);
    assertThat(tokens.get("<0x00>").intValue()).isEqualTo(3);
    assertThat(tokens.get("<0xFF>").intValue()).isEqualTo(258);
    // "▁", the line break and '!' to '~' come first; 'ä' is the one other character.
    assertThat(tokens.get("ä").intValue()).isEqualTo(259 + 2 + 94);
    // Three times "ää", two of them after a space or not; then "▁" before "ää" and never twice.
    assertThat(tokens.get("ää").intValue()).isEqualTo(259 + 2 + 94 + 1);
    assertThat(tokens).hasSize(259 + 2 + 94 + 2);
  }

  @Test
  void writesARareCharacterAsItsBytesAndLetsItBreakItsWord() throws IOException {
    List<String> texts = new ArrayList<>(Collections.nCopies(50_000, "abcabc"));
    texts.add("abcŧabc abcŧabc");

    JsonNode tokens = tokenizer(BytePairTraining.learn(texts.stream(), 600)).at("/model/vocab");

    assertThat(tokens.has("ŧ")).isFalse();
    assertThat(tokens.has("abcabc")).isTrue();
  }

  @Test
  void writesTheSpecialTokensForTransformers() throws IOException {
    BytePairTraining.learn(Stream.of(""), 600).write(temporary);
    JsonNode configuration = json(temporary.resolve("tokenizer_config.json"));

    assertThat(configuration.get("add_bos_token").asBoolean()).isTrue();
    assertThat(configuration.get("add_eos_token").asBoolean(true)).isFalse();
    for (JsonNode names :
        List.of(configuration, json(temporary.resolve("special_tokens_map.json")))) {
      assertThat(names.get("bos_token").asText()).isEqualTo("<s>");
      assertThat(names.get("eos_token").asText()).isEqualTo("</s>");
      assertThat(names.get("unk_token").asText()).isEqualTo("<unk>");
    }
  }

  @Test
  void refusesASizeThatHasNoRoomForTheAlphabet() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BytePairTraining.learn(Stream.of("a"), 300))
        .withMessage("size is 300, must be 355 or more: special tokens, bytes and printable ASCII");
  }

  static Path resource(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(BytePairTrainingTest.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(name, e);
    }
  }

  static List<String> lines() throws IOException {
    return new ArrayList<>(Files.readAllLines(resource("training.txt")));
  }

  static JsonNode json(Path file) throws IOException {
    return new JsonMapper().readTree(file.toFile());
  }

  private JsonNode tokenizer(BytePairVocabulary vocabulary) throws IOException {
    vocabulary.write(temporary);
    return json(temporary.resolve("tokenizer.json"));
  }

  private String written(BytePairVocabulary vocabulary) throws IOException {
    vocabulary.write(temporary);
    return Files.readString(temporary.resolve("tokenizer.json"));
  }
}
