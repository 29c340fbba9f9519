package dev.refrain.gpuworkers.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.model.UnusableModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenTrieTest {
  @TempDir Path temporary;

  @Test
  void findsTheTokensThatBeginATextAndThoseThatGoOn() {
    TokenTrie trie =
        new TokenTrie(
            Map.of(2, bytes("a"), 3, bytes("ab"), 4, bytes("abc"), 5, bytes("b"), 7, bytes("ab")));
    int a = trie.child(TokenTrie.ROOT, (byte) 'a');
    int ab = trie.child(a, (byte) 'b');

    assertThat(at(trie, TokenTrie.ROOT)).isEmpty();
    assertThat(at(trie, a)).containsExactly(2);
    assertThat(at(trie, ab)).containsExactlyInAnyOrder(3, 7);
    List<Integer> from = new ArrayList<>();
    trie.tokensFrom(ab, from::add);
    assertThat(from).containsExactlyInAnyOrder(3, 7, 4);
    assertThat(trie.child(a, (byte) 'c')).isEqualTo(TokenTrie.NONE);
  }

  /** Hugging Face's own tokens of a text, written one behind the other, are the text. */
  @ParameterizedTest
  @CsvSource({Fixture.GROUPED_F32 + ",byteFallback", Fixture.TIED_F16 + ",byteLevel"})
  void writesWithEveryTokenWhatItStandsFor(String model, String name) {
    ModelFolder folder = ModelFolder.open(Fixture.path(model));
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      for (JsonNode expected : Fixture.json("encodings.json").get(name)) {
        int[] ids =
            Fixture.numbers(expected.get("ids")).stream().mapToInt(Double::intValue).toArray();
        String text = expected.get("decoded").asText();
        byte[] rest = bytes(name.equals("byteFallback") && !text.isEmpty() ? " " + text : text);
        int at = 0;
        for (int id : ids) {
          at = after(tokenizer.trie(), rest, at, id);
        }
        assertThat(at).as(text).isEqualTo(rest.length);
      }
    }
  }

  @Test
  void refusesAVocabularyThatIsNotOfBytePairs() throws IOException {
    Path folder = Fixture.copy(Fixture.GROUPED_F32, temporary.resolve("model"));
    try (Tokenizer tokenizer = Tokenizer.open(ModelFolder.open(folder))) {
      Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"vocab\": [[\"a\", 0]]}}");

      assertThatThrownBy(tokenizer::trie)
          .isInstanceOf(UnusableModelException.class)
          .hasMessageContaining("no byte-pair vocabulary")
          .hasMessageContaining("reader.answer");
    }
  }

  /** Where a token that begins here ends; here, if it is special and writes nothing. */
  private static int after(TokenTrie trie, byte[] text, int start, int token) {
    int node = TokenTrie.ROOT;
    for (int at = start; at < text.length; at++) {
      node = trie.child(node, text[at]);
      if (node == TokenTrie.NONE) {
        break;
      }
      if (at(trie, node).contains(token)) {
        return at + 1;
      }
    }
    assertThat(token).as("a special token, or none that begins here").isBetween(0, 2);
    return start;
  }

  private static List<Integer> at(TokenTrie trie, int node) {
    List<Integer> tokens = new ArrayList<>();
    trie.tokensAt(node, tokens::add);
    return tokens;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
