package dev.refrain.connectors.house.prose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Invented names that sound like the corpus's own: letters follow each other as they do there, each
 * drawn given the three before it. None is a word of the corpus. Immutable, thread-safe.
 */
final class NamePool {
  private static final int SIZE = 60_000;
  private static final int ORDER = 3;

  private final List<String> names = new ArrayList<>();
  private final List<String> adjectives = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  NamePool(WordCounts counts, Predicate<String> banned, Dice dice) {
    List<String> real = new ArrayList<>();
    counts.forNames(
        word -> {
          if (word.length() >= 4 && word.chars().allMatch(Character::isLetter)) {
            real.add(word);
          }
        });
    real.sort(null);
    counts.forCommon(
        word -> {
          if (!banned.test(word)) {
            words.add(word);
          }
        });
    words.sort(null);
    Map<String, StringBuilder> next = chain(real);
    Set<String> taken = new HashSet<>();
    int size = Math.min(SIZE, 2_000 + 20 * real.size());
    for (int tries = 0; taken.size() < size && tries < 20 * size; tries++) {
      String name = tries < 4 * size ? draw(next, dice) : syllables(dice);
      String lower = name.toLowerCase(Locale.ROOT);
      boolean usable = name.length() >= 4 && name.length() <= 11 && !counts.isKnown(lower);
      if (usable && !banned.test(name) && !banned.test(lower) && taken.add(lower)) {
        (isAdjective(lower) ? adjectives : names).add(name);
      }
    }
  }

  private static Map<String, StringBuilder> chain(List<String> real) {
    Map<String, StringBuilder> next = new HashMap<>();
    for (String word : real) {
      String padded = "^".repeat(ORDER) + word + "$";
      for (int i = ORDER; i < padded.length(); i++) {
        next.computeIfAbsent(padded.substring(i - ORDER, i), s -> new StringBuilder())
            .append(padded.charAt(i));
      }
    }
    return next;
  }

  private static String draw(Map<String, StringBuilder> next, Dice dice) {
    StringBuilder name = new StringBuilder("^".repeat(ORDER));
    while (name.length() < ORDER + 14) {
      StringBuilder choices = next.get(name.substring(name.length() - ORDER));
      if (choices == null) {
        break;
      }
      char c = choices.charAt(dice.below(choices.length()));
      if (c == '$') {
        break;
      }
      name.append(c);
    }
    String word = name.substring(ORDER);
    return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  /** For a corpus with too few names to learn from. */
  private static String syllables(Dice dice) {
    StringBuilder name = new StringBuilder();
    for (int i = dice.between(2, 3); i > 0; i--) {
      name.append("bdfgklmnprstvz".charAt(dice.below(14))).append("aeiou".charAt(dice.below(5)));
    }
    name.append(dice.pick("", "n", "r", "s", "l", "ish", "ian"));
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** Whether a word ends as the names of peoples do. */
  static boolean isAdjective(String lower) {
    return lower.endsWith("ian")
        || lower.endsWith("ese")
        || lower.endsWith("ish")
        || lower.endsWith("can");
  }

  String name(Dice dice) {
    return dice.pick(names);
  }

  String adjective(Dice dice) {
    return dice.pick(adjectives.isEmpty() ? names : adjectives);
  }

  /** A common word, in lower case, for titles of works. */
  String word(Dice dice) {
    return words.isEmpty() ? name(dice).toLowerCase(Locale.ROOT) : dice.pick(words);
  }
}
