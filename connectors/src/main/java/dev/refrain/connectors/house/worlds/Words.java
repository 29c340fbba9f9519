package dev.refrain.connectors.house.worlds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The common words and phrases of {@code words.txt}, in lists by kind. A slot in a phrase, such as
 * {@code grinding {crop}}, stands for a word of that kind. Thread-safe.
 */
final class Words {
  private final Map<String, List<Wording>> lists = new HashMap<>();
  private final Set<String> definite = new HashSet<>();
  private final Set<String> vocabulary = new HashSet<>();

  /**
   * @param banned words to leave out
   */
  Words(Predicate<String> banned) {
    for (Block block : Block.read("words.txt")) {
      block
          .entries()
          .forEach(
              (key, lines) -> {
                String kind = key.startsWith("the ") ? key.substring(4) : key;
                if (!kind.equals(key)) {
                  definite.add(kind);
                }
                lists
                    .computeIfAbsent(kind, name -> new ArrayList<>())
                    .addAll(phrases(lines, banned));
              });
    }
  }

  private List<Wording> phrases(List<String> lines, Predicate<String> banned) {
    List<Wording> phrases = new ArrayList<>();
    for (String line : lines) {
      for (String phrase : Block.items(line, ",")) {
        vocabulary.addAll(List.of(phrase.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)));
        if (!banned.test(phrase)) {
          phrases.add(Wording.of(phrase.replace(';', ',')));
        }
      }
    }
    return phrases;
  }

  /** Every word there is, in lower case. */
  Set<String> vocabulary() {
    return vocabulary;
  }

  boolean has(String kind) {
    return lists.containsKey(kind);
  }

  /** Whether words of this kind stand with "the" in a sentence. */
  boolean isDefinite(String kind) {
    return definite.contains(kind);
  }

  /** A word or phrase of this kind; slots within it differ from each other. */
  String draw(String kind, Dice dice) {
    List<Wording> list = lists.get(kind);
    if (list == null) {
      throw new IllegalArgumentException("no list of words for '%s'".formatted(kind));
    }
    Set<String> used = new HashSet<>();
    return dice.pick(list)
        .fill(
            slot -> {
              String word = draw(slot.substring(1), dice);
              for (int i = 0; i < 20 && !used.add(word); i++) {
                word = draw(slot.substring(1), dice);
              }
              return word;
            });
  }
}
