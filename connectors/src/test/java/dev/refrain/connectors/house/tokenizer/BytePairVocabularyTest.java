package dev.refrain.connectors.house.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Hugging Face library does with the files that a vocabulary writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BytePairVocabularyTest {
  private JsonNode file;
  private HuggingFaceTokenizer tokenizer;

  @BeforeAll
  void learn(@TempDir Path folder) throws IOException {
    BytePairTraining.learn(BytePairTrainingTest.lines().stream(), 480).write(folder);
    file = BytePairTrainingTest.json(folder.resolve("tokenizer.json"));
    tokenizer =
        HuggingFaceTokenizer.newInstance(
            folder.resolve("tokenizer.json"),
            Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "true"));
  }

  @AfterAll
  void close() {
    tokenizer.close();
  }

  /** Ids and texts of the library for Python; see the README beside the file. */
  @Test
  void encodesAndDecodesAsTheHuggingFaceLibraryForPython() throws IOException {
    for (JsonNode expected :
        BytePairTrainingTest.json(BytePairTrainingTest.resource("encodings.json"))) {
      String text = expected.get("text").asText();
      long[] ids = tokenizer.encode(text).getIds();
      assertThat(ids).as(text).isEqualTo(numbers(expected.get("ids")));
      assertThat(tokenizer.decode(ids, true)).as(text).isEqualTo(expected.get("decoded").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "The river Velmora rises in the hills of Ostrane.",
        "  leading, double  and trailing spaces  ",
        "tabs\tline\n\nbreaks\r\n and \u00a0\u2003\u2028\u0085 others",
        "世界 и мир, नमस्ते ☕ ❤️love 👩‍🚀👍🏽 e\u0301 \u0301",
        "1,318 °C in 1920; ½ x² Ⅷ ١٢٣",
        "<0x41> [a_b] \"don't\" #version",
        "\u0001\u0002\u001f\u007f\u200b\ufeff\ue000\ufffd"
      })
  void givesEveryTextBackAsItWas(String text) {
    assertThat(decoded(text)).isEqualTo(text);
  }

  @Test
  void givesRandomTextsBackAndEncodesThemAsThePlainAlgorithm() {
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      String text = randomText(random);
      assertThat(decoded(text)).isEqualTo(text);
      assertThat(boxed(encoded(text)))
          .as(text)
          .isEqualTo(NaiveBytePairs.encode(text, file.get("model")));
    }
  }

  @Test
  void beginsEveryTextWithTheStartTokenAndAddsNoSpace() {
    assertThat(tokenizer.encode("river").getTokens()[0]).isEqualTo("<s>");
    assertThat(String.join("", tokenizer.encode("river").getTokens())).isEqualTo("<s>river");
  }

  @Test
  void givesAWordTheSameTokensAfterEverySpace() {
    long[] word = encoded(" lighthouse");

    assertThat(word.length).isLessThan("lighthouse".length());
    for (String before : List.of("the", "Örn", "7", "?", " ", "\n", "☕")) {
      assertThat(encoded(before + " lighthouse")).endsWith(word);
      assertThat(encoded(before + " lighthouse,")).containsSequence(word).endsWith(encoded(","));
    }
  }

  @Test
  void givesANumberItsSingleDigitsWhereverItStands() {
    long[] digits = encoded("1874");

    assertThat(digits).hasSize(4);
    for (String before : List.of(" ", "\n", "in ", "(", "of 1", "x", "☕", "a-")) {
      long[] ids = encoded(before + "1874. The");
      assertThat(ids).containsSequence(digits);
      assertThat(LongStream.of(ids).filter(id -> isDigit(id)).count())
          .isEqualTo(before.chars().filter(Character::isDigit).count() + 4);
    }
    file.at("/model/vocab")
        .fieldNames()
        .forEachRemaining(
            token -> assertThat(token).doesNotMatch("(?!<0x).*[0-9].+|(?!<0x).+[0-9].*"));
  }

  private boolean isDigit(long id) {
    return tokenizer.decode(new long[] {id}, true).matches("[0-9]");
  }

  private String decoded(String text) {
    return tokenizer.decode(tokenizer.encode(text).getIds(), true);
  }

  private long[] encoded(String text) {
    return tokenizer.encode(text, false, false).getIds();
  }

  /** Letters, digits, spaces, marks, symbols and control characters of many scripts. */
  private static String randomText(Random random) {
    int[] kinds = {0x20, 0x20, 'a', 'e', 't', 'h', 0x30, 0x0a, 0x2c, 0x300, 0xe9, 0x4e00, 0x1f600};
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(60); length > 0; length--) {
      int kind = kinds[random.nextInt(kinds.length)];
      text.appendCodePoint(random.nextInt(4) > 0 ? kind : kind + random.nextInt(8));
    }
    return text.toString();
  }

  private static long[] numbers(JsonNode array) {
    long[] numbers = new long[array.size()];
    Arrays.setAll(numbers, i -> array.get(i).longValue());
    return numbers;
  }

  private static List<Integer> boxed(long[] ids) {
    return Arrays.stream(ids).mapToObj(Math::toIntExact).toList();
  }
}
