package dev.refrain.gpuworkers.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.refrain.gpuworkers.model.UnusableModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of UTF-8 each token of a {@code tokenizer.json} writes. Knows byte pairs over bytes
 * (GPT-2, Llama 3, Qwen), and over characters with "▁" for a space and perhaps bytes besides (Llama
 * 2, Mistral, Gemma). Special tokens write nothing. Stateless.
 */
final class TokenBytes {
  private static final char FIRST_MOVED = 256;

  private TokenBytes() {}

  /**
   * Reads the file.
   *
   * @param size tokens of the model; the file may name more
   * @return bytes by token id, for the tokens that write any
   */
  static Map<Integer, byte[]> read(Path file, int size) {
    JsonNode root;
    try {
      root = new JsonMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UnusableModelException(
          file, "cannot be read: " + e.getMessage(), "check its permissions and its disk", e);
    }
    JsonNode vocabulary = root.at("/model/vocab");
    if (!vocabulary.isObject() || !root.at("/model/type").asText("BPE").equals("BPE")) {
      throw new UnusableModelException(
          file,
          "holds no byte-pair vocabulary, without which answers cannot be held to spans",
          "set reader.answer to free, or use a model with such a tokenizer");
    }
    boolean byteLevel = root.path("decoder").toString().contains("\"ByteLevel\"");
    Map<Integer, byte[]> bytes = new TreeMap<>();
    vocabulary
        .properties()
        .forEach(
            token -> put(bytes, token.getValue().asInt(), bytes(token.getKey(), byteLevel), size));
    for (JsonNode added : root.path("added_tokens")) {
      boolean special = added.path("special").asBoolean();
      byte[] content = added.path("content").asText().getBytes(StandardCharsets.UTF_8);
      put(bytes, added.path("id").asInt(), special ? null : content, size);
    }
    return bytes;
  }

  private static void put(Map<Integer, byte[]> all, int id, byte @Nullable [] bytes, int size) {
    if (bytes == null || bytes.length == 0 || id >= size) {
      all.remove(id);
    } else {
      all.put(id, bytes);
    }
  }

  private static byte @Nullable [] bytes(String token, boolean byteLevel) {
    if (byteLevel) {
      return unmapped(token);
    }
    if (token.matches("<0x[0-9A-F]{2}>")) {
      return new byte[] {(byte) Integer.parseInt(token.substring(3, 5), 16)};
    }
    return token.replace('▁', ' ').getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The bytes that a byte-level token stands for; null where it is none. Printable bytes are
   * written as themselves, all others, in their order, as the characters from 256 on.
   *
   * <p>Source: {@code bytes_to_unicode} of GPT-2's {@code encoder.py}.
   */
  private static byte @Nullable [] unmapped(String token) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      int value = c < FIRST_MOVED ? c : moved(c - FIRST_MOVED);
      if (value < 0 || (c < FIRST_MOVED && !isPrintable(c))) {
        return null;
      }
      bytes.write(value);
    }
    return bytes.toByteArray();
  }

  /** The byte that is not printable and has so many such bytes before it; -1 if there is none. */
  private static int moved(int rank) {
    int left = rank;
    for (int value = 0; value < FIRST_MOVED; value++) {
      if (!isPrintable(value) && left-- == 0) {
        return value;
      }
    }
    return -1;
  }

  private static boolean isPrintable(int value) {
    return (value >= '!' && value <= '~')
        || (value >= '¡' && value <= '¬')
        || (value >= '®' && value <= 'ÿ');
  }
}
