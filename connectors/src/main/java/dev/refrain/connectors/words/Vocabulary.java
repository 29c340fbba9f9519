package dev.refrain.connectors.words;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words that have a vector, and how often each stood in the corpus.
 *
 * @param entries in the order of their vectors, 2 or more, no word twice
 * @param tokens words of the whole corpus, those without a vector included
 */
record Vocabulary(List<Entry> entries, long tokens) {
  private static final String WORDS = "words";
  private static final String OCCURRENCES = "occurrences";
  private static final String TOKENS = "tokens";

  /**
   * A word.
   *
   * @param word in lower case
   * @param occurrences places in the corpus, 1 or more
   */
  record Entry(String word, long occurrences) {}

  Vocabulary {
    entries = List.copyOf(entries);
    if (entries.size() < 2) {
      throw new IllegalArgumentException(
          "the vocabulary has %d words, must have 2 or more".formatted(entries.size()));
    }
    Set<String> words = new HashSet<>();
    for (Entry entry : entries) {
      if (!words.add(entry.word())) {
        throw new IllegalArgumentException("the word %s is there twice".formatted(entry.word()));
      }
      if (entry.occurrences() < 1 || entry.occurrences() > tokens) {
        throw new IllegalArgumentException(
            "the word %s has %d occurrences, must have 1 to %d"
                .formatted(entry.word(), entry.occurrences(), tokens));
      }
    }
  }

  /**
   * A vocabulary from the metadata of a file.
   *
   * @throws IllegalArgumentException if it is not there whole
   */
  static Vocabulary of(Map<String, String> fields) {
    String[] words = field(fields, WORDS).split(" ", -1);
    String[] occurrences = field(fields, OCCURRENCES).split(" ", -1);
    if (words.length != occurrences.length) {
      throw new IllegalArgumentException(
          "it has %d words and %d numbers of occurrences"
              .formatted(words.length, occurrences.length));
    }
    List<Entry> entries = new ArrayList<>(words.length);
    for (int i = 0; i < words.length; i++) {
      entries.add(new Entry(words[i], number(OCCURRENCES, occurrences[i])));
    }
    return new Vocabulary(entries, number(TOKENS, field(fields, TOKENS)));
  }

  /** As metadata of a file. */
  Map<String, String> fields() {
    return Map.of(
        WORDS, entries.stream().map(Entry::word).collect(Collectors.joining(" ")),
        OCCURRENCES,
            entries.stream()
                .map(entry -> Long.toString(entry.occurrences()))
                .collect(Collectors.joining(" ")),
        TOKENS, Long.toString(tokens));
  }

  /** How many words. */
  int size() {
    return entries.size();
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("its metadata lacks " + name);
    }
    return value;
  }

  private static long number(String field, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s has %s, must have whole numbers".formatted(field, text), e);
    }
  }
}
