package dev.refrain.connectors.house.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Byte pairs the plain way: no queue, no index, and a splitter without regular expressions. */
final class NaiveBytePairs {
  private NaiveBytePairs() {}

  /** The first merges, "left right", of texts whose characters are all in the vocabulary. */
  static List<String> learn(List<String> texts, int merges, JsonNode vocabulary) {
    List<List<String>> words = new ArrayList<>();
    for (String text : texts) {
      for (String piece : pieces(text)) {
        List<String> characters = characters(piece);
        assert characters.stream().allMatch(vocabulary::has);
        words.add(characters);
      }
    }
    List<String> learnt = new ArrayList<>();
    while (learnt.size() < merges) {
      Map<String, Integer> counts = new TreeMap<>(leftThenRight());
      for (List<String> word : words) {
        for (int i = 0; i + 1 < word.size(); i++) {
          counts.merge(word.get(i) + " " + word.get(i + 1), 1, Integer::sum);
        }
      }
      // The first of the largest: in the order of the texts.
      String best = "";
      for (Map.Entry<String, Integer> pair : counts.entrySet()) {
        if (best.isEmpty() || pair.getValue() > counts.getOrDefault(best, 0)) {
          best = pair.getKey();
        }
      }
      learnt.add(best);
      for (List<String> word : words) {
        merge(word, best);
      }
    }
    return learnt;
  }

  /** Token ids by the merges of a tokenizer.json, the one learnt first first; no special tokens. */
  static List<Integer> encode(String text, JsonNode model) {
    Map<String, Integer> ranks = new HashMap<>();
    model.get("merges").forEach(merge -> ranks.putIfAbsent(merge.asText(), ranks.size()));
    JsonNode vocabulary = model.get("vocab");
    List<Integer> ids = new ArrayList<>();
    for (String piece : pieces(text)) {
      List<String> word = characters(piece);
      for (String best = best(word, ranks); !best.isEmpty(); best = best(word, ranks)) {
        mergeFirst(word, best);
      }
      for (String token : word) {
        ids.addAll(ids(token, vocabulary));
      }
    }
    return ids;
  }

  private static String best(List<String> word, Map<String, Integer> ranks) {
    String best = "";
    int bestRank = Integer.MAX_VALUE;
    for (int i = 0; i + 1 < word.size(); i++) {
      String pair = word.get(i) + " " + word.get(i + 1);
      int rank = ranks.getOrDefault(pair, Integer.MAX_VALUE);
      if (rank < bestRank) {
        best = pair;
        bestRank = rank;
      }
    }
    return best;
  }

  private static List<Integer> ids(String token, JsonNode vocabulary) {
    if (vocabulary.has(token)) {
      return List.of(vocabulary.get(token).intValue());
    }
    List<Integer> bytes = new ArrayList<>();
    for (byte b : token.getBytes(StandardCharsets.UTF_8)) {
      bytes.add(vocabulary.get("<0x%02X>".formatted(b)).intValue());
    }
    return bytes;
  }

  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (String character : characters(text.replace(' ', '▁'))) {
      int codePoint = character.codePointAt(0);
      boolean space = piece.toString().equals("▁");
      boolean joins =
          Character.isLetter(codePoint)
              ? space || endsWord(piece)
              : isMark(codePoint) ? endsWord(piece) || space : space && isPunctuation(codePoint);
      if (!joins && !piece.isEmpty()) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
      piece.append(character);
    }
    pieces.add(piece.toString());
    return pieces;
  }

  private static boolean endsWord(StringBuilder piece) {
    return piece.codePoints().anyMatch(Character::isLetter);
  }

  private static boolean isMark(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  private static boolean isPunctuation(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL ->
          codePoint != '▁';
      default -> false;
    };
  }

  private static void merge(List<String> word, String pair) {
    for (int i = 0; i + 1 < word.size(); i++) {
      if (pair.equals(word.get(i) + " " + word.get(i + 1))) {
        word.set(i, word.get(i) + word.remove(i + 1));
      }
    }
  }

  private static void mergeFirst(List<String> word, String pair) {
    for (int i = 0; i + 1 < word.size(); i++) {
      if (pair.equals(word.get(i) + " " + word.get(i + 1))) {
        word.set(i, word.get(i) + word.remove(i + 1));
        return;
      }
    }
  }

  private static Comparator<String> leftThenRight() {
    return Comparator.<String, String>comparing(pair -> pair.substring(0, pair.indexOf(' ')))
        .thenComparing(pair -> pair.substring(pair.indexOf(' ') + 1));
  }

  private static List<String> characters(String text) {
    List<String> characters = new ArrayList<>();
    text.codePoints().mapToObj(Character::toString).forEach(characters::add);
    return characters;
  }
}
