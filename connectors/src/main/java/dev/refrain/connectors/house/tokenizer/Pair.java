package dev.refrain.connectors.house.tokenizer;

import java.util.ArrayList;
import java.util.List;

/** Two tokens that stand beside each other, how often, and in which words. Not thread-safe. */
final class Pair {
  private final int left;
  private final int right;
  private List<Integer> words = new ArrayList<>();
  private long count;

  Pair(int left, int right) {
    this.left = left;
    this.right = right;
  }

  int left() {
    return left;
  }

  int right() {
    return right;
  }

  /** Occurrences in the text, overlapping ones included. */
  long count() {
    return count;
  }

  /** Counts occurrences more, or fewer where {@code by} is negative. */
  void add(long by) {
    count += by;
  }

  /** Notes a word that holds the pair; one may be noted twice, and may have lost the pair since. */
  void occursIn(int word) {
    words.add(word);
  }

  /** Takes the words noted so far; none is left. */
  List<Integer> takeWords() {
    List<Integer> taken = words;
    words = new ArrayList<>();
    return taken;
  }
}
