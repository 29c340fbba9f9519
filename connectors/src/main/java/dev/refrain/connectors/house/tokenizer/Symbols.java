package dev.refrain.connectors.house.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tokens in the order of their ids. Not thread-safe. */
final class Symbols {
  /** In place of a character that is no token and is therefore written as its bytes. */
  static final int NONE = -1;

  private final List<String> tokens = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();

  /** The id of a token, which is added if it is new. */
  int add(String token) {
    Integer known = ids.putIfAbsent(token, tokens.size());
    if (known == null) {
      tokens.add(token);
      return tokens.size() - 1;
    }
    return known;
  }

  /** Number of tokens. */
  int size() {
    return tokens.size();
  }

  /** The text of a token. */
  String text(int id) {
    return tokens.get(id);
  }

  /** The ids of a piece's characters, {@link #NONE} for those that are no token. */
  int[] characters(String piece) {
    return piece
        .codePoints()
        .map(codePoint -> ids.getOrDefault(Character.toString(codePoint), NONE))
        .toArray();
  }

  /** All tokens in the order of their ids. */
  List<String> tokens() {
    return List.copyOf(tokens);
  }

  /** A word in which each occurrence of a pair, from the left, has become one token. */
  static int[] merge(int[] word, int left, int right, int merged) {
    int[] shorter = new int[word.length];
    int size = 0;
    for (int i = 0; i < word.length; i++) {
      boolean pair = word[i] == left && i + 1 < word.length && word[i + 1] == right;
      shorter[size++] = pair ? merged : word[i];
      i += pair ? 1 : 0;
    }
    return size == word.length ? word : Arrays.copyOf(shorter, size);
  }
}
