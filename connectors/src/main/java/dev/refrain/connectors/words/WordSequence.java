package dev.refrain.connectors.words;

import java.util.Arrays;

/**
 * A corpus as the rows of its words in the vocabulary, in their order, other words left out; {@link
 * #END} stands behind each sentence. Not to be changed once it is made.
 */
final class WordSequence {
  /** What stands behind a sentence. */
  static final int END = -1;

  private final Vocabulary vocabulary;
  private final int[] rows;
  private final int[] frequencies;
  private final int longest;

  /**
   * A sequence.
   *
   * @param rows not copied; the last one is END
   */
  WordSequence(Vocabulary vocabulary, int[] rows) {
    this.vocabulary = vocabulary;
    this.rows = rows;
    this.frequencies = new int[vocabulary.size()];
    int words = 0;
    int most = 0;
    for (int row : rows) {
      words = row == END ? 0 : words + 1;
      most = Math.max(most, words);
      if (row != END) {
        frequencies[row]++;
      }
    }
    this.longest = most;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The row at a position, or END. */
  int at(int position) {
    return rows[position];
  }

  /** Positions, those of END included. */
  int length() {
    return rows.length;
  }

  /** The first position that is not before this one and begins a sentence, or the length. */
  int beginning(int position) {
    int begin = position;
    while (begin > 0 && begin < rows.length && rows[begin - 1] != END) {
      begin++;
    }
    return begin;
  }

  /** How often each word of the vocabulary stands in the sequence; a copy. */
  int[] frequencies() {
    return frequencies.clone();
  }

  /** Words of the sequence. */
  long words() {
    return Arrays.stream(frequencies).asLongStream().sum();
  }

  /** Words of the longest sentence. */
  int longestSentence() {
    return longest;
  }
}
