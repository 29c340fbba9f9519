package dev.refrain.connectors.words;

import dev.refrain.connectors.text.Articles;
import dev.refrain.connectors.text.Sentences;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads a corpus once and chooses its vocabulary. A word is a run of letters. Where it has a
 * capital it is left out: it is a name there, or the first word of a sentence, where nothing tells.
 * For one corpus; not thread-safe.
 */
final class CorpusReader {
  private static final int FEWEST_LETTERS = 2;
  private static final int FEWEST_PLACES = 25;
  private static final int MOST_WORDS = 30_000;

  /**
   * Least share of small letters among a word's places that are not the first of a sentence. Names
   * have almost none; "war" and "king", which stand in many names, have 0.4.
   */
  private static final double SMALL = 0.3;

  private static final int LEFT_OUT = -2;

  private final Map<String, Count> counts = new HashMap<>(1 << 19);
  private int[] sequence = new int[1 << 20];
  private int length;
  private long tokens;

  private CorpusReader() {}

  /** How often a word stands in small letters, with capitals, and as the first of a sentence. */
  private static final class Count {
    private final int number;
    private int small;
    private int capital;
    private int first;

    Count(int number) {
      this.number = number;
    }

    long all() {
      return (long) small + capital + first;
    }
  }

  /**
   * Reads a corpus.
   *
   * @param corpus see {@link Articles}; the titles are not read
   * @param banned words, asked in lower case, that must not be in the vocabulary
   * @throws IllegalArgumentException if fewer than two words are frequent enough
   */
  static WordSequence read(Path corpus, Predicate<String> banned) throws IOException {
    CorpusReader reader = new CorpusReader();
    Articles.read(
        corpus,
        (title, text) ->
            text.lines().flatMap(line -> Sentences.of(line).stream()).forEach(reader::add));
    List<Map.Entry<String, Count>> chosen = reader.chosen(banned);
    if (chosen.size() < 2) {
      throw new IllegalArgumentException(
          "%s has %d words that stand %d times or more in small letters, must have 2 or more"
              .formatted(corpus, chosen.size(), FEWEST_PLACES));
    }
    return reader.sequence(chosen);
  }

  private void add(String sentence) {
    boolean first = true;
    int at = 0;
    while (at < sentence.length()) {
      int end = at;
      while (end < sentence.length() && Character.isLetter(sentence.charAt(end))) {
        end++;
      }
      if (end > at) {
        add(sentence.substring(at, end), first);
        first = false;
      }
      at = end + 1;
    }
    append(WordSequence.END);
  }

  private void add(String word, boolean first) {
    tokens++;
    if (word.length() < FEWEST_LETTERS) {
      return;
    }
    Count count =
        counts.computeIfAbsent(word.toLowerCase(Locale.ROOT), _ -> new Count(counts.size()));
    if (isSmall(word)) {
      count.small++;
      append(count.number);
    } else if (first) {
      count.first++;
    } else {
      count.capital++;
    }
  }

  private static boolean isSmall(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!Character.isLowerCase(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private void append(int number) {
    if (length == sequence.length) {
      sequence = Arrays.copyOf(sequence, length * 2);
    }
    sequence[length++] = number;
  }

  private List<Map.Entry<String, Count>> chosen(Predicate<String> banned) {
    return counts.entrySet().stream()
        .filter(entry -> isWord(entry.getValue()) && !banned.test(entry.getKey()))
        .sorted(
            Comparator.<Map.Entry<String, Count>>comparingInt(entry -> -entry.getValue().small)
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_WORDS)
        .toList();
  }

  private static boolean isWord(Count count) {
    return count.small >= FEWEST_PLACES && count.small >= SMALL * (count.small + count.capital);
  }

  private WordSequence sequence(List<Map.Entry<String, Count>> chosen) {
    int[] rows = new int[counts.size()];
    Arrays.fill(rows, LEFT_OUT);
    for (int row = 0; row < chosen.size(); row++) {
      rows[chosen.get(row).getValue().number] = row;
    }
    int kept = 0;
    for (int i = 0; i < length; i++) {
      int row = sequence[i] == WordSequence.END ? WordSequence.END : rows[sequence[i]];
      if (row != LEFT_OUT) {
        sequence[kept++] = row;
      }
    }
    Vocabulary vocabulary =
        new Vocabulary(
            chosen.stream()
                .map(entry -> new Vocabulary.Entry(entry.getKey(), entry.getValue().all()))
                .toList(),
            tokens);
    return new WordSequence(vocabulary, Arrays.copyOf(sequence, kept));
  }
}
