package dev.refrain.connectors.house.prose;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How the corpus writes its words: with a capital or not, after an article or after a pronoun. Not
 * thread-safe while it counts, thread-safe afterwards.
 */
final class WordCounts {
  private static final int LOWER = 0;
  private static final int UPPER = 1;
  private static final int NOUN = 2;
  private static final int VERB = 3;
  private static final int PREDICATE = 4;
  private static final int COMMON = 20;
  private static final Set<String> BEFORE_PREDICATES =
      Set.of("is", "was", "are", "were", "be", "very", "become", "became", "more", "so");
  private static final Set<String> BEFORE_NOUNS =
      Set.of("the", "a", "an", "his", "its", "their", "of", "this", "these", "many", "some");
  private static final Set<String> BEFORE_VERBS =
      Set.of(
          "he", "she", "it", "they", "who", "which", "to", "can", "also", "not", "will", "would");

  private final Map<String, int[]> counts = new HashMap<>(1 << 19);

  /** Counts the words of one sentence. */
  void add(List<String> words) {
    String before = "";
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      char first = word.charAt(0);
      if (!Character.isLetter(first)) {
        before = word;
        continue;
      }
      String lower = word.toLowerCase(Locale.ROOT);
      int[] count = counts.computeIfAbsent(lower, w -> new int[5]);
      if (Character.isLowerCase(first)) {
        count[LOWER]++;
        count[NOUN] += BEFORE_NOUNS.contains(before) ? 1 : 0;
        count[VERB] += BEFORE_VERBS.contains(before) ? 1 : 0;
        count[PREDICATE] += BEFORE_PREDICATES.contains(before) ? 1 : 0;
      } else if (i > 0) {
        count[UPPER]++;
      }
      before = lower;
    }
  }

  private static final int[] ZERO = new int[5];

  private int[] of(String lower) {
    return counts.getOrDefault(lower, ZERO);
  }

  boolean isKnown(String lower) {
    return counts.containsKey(lower);
  }

  boolean isLowerCase(String lower) {
    int[] count = of(lower);
    return count[LOWER] > count[UPPER];
  }

  boolean isCommon(String lower) {
    int[] count = of(lower);
    return count[LOWER] >= COMMON && count[LOWER] > 3 * count[UPPER];
  }

  boolean isNounlike(String lower) {
    int[] count = of(lower);
    return count[NOUN] > count[VERB];
  }

  boolean isAdjective(String lower) {
    int[] count = of(lower);
    return count[PREDICATE] * 12 > count[LOWER];
  }

  /** Every word that is written with a capital within sentences, in lower case. */
  void forNames(Consumer<String> each) {
    counts.forEach(
        (word, count) -> {
          if (count[UPPER] >= 2 && count[UPPER] > count[LOWER]) {
            each.accept(word);
          }
        });
  }

  /** Common words that also stand in names. */
  void forCommon(Consumer<String> each) {
    counts.forEach(
        (word, count) -> {
          if (count[LOWER] >= 200 && count[UPPER] >= 20 && word.length() > 3) {
            each.accept(word);
          }
        });
  }
}
