package dev.refrain.connectors.house.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges the most frequent pair of neighbouring tokens, again and again (byte-pair encoding,
 * arXiv:1508.07909, algorithm 1). Only the words that hold the merged pair are counted anew: a pair
 * knows its words, and the queue keeps outdated counts until they come up. Not thread-safe.
 */
final class MergeLearner {
  /** A rarer pair is not merged: a token that occurs once has nothing to learn from. */
  private static final long FEWEST = 2;

  private final Symbols symbols;
  private final List<int[]> words = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final Map<Long, Pair> pairs = new HashMap<>();
  private final PriorityQueue<Counted> queue;

  /** A pair as it was counted at some time. */
  private record Counted(Pair pair, long count) {}

  /**
   * A learner over the pieces of a text.
   *
   * @param symbols with the single characters; learning adds to it
   */
  MergeLearner(Symbols symbols, PieceCounts pieces) {
    this.symbols = symbols;
    this.queue = new PriorityQueue<>(mostFrequentFirst());
    pieces.forEach((piece, count) -> add(symbols.characters(piece), count));
    pairs.values().forEach(pair -> queue.add(new Counted(pair, pair.count())));
  }

  /** Merges until there are so many tokens or no pair is frequent; returns the merges in order. */
  List<Merge> learn(int size) {
    List<Merge> merges = new ArrayList<>();
    while (symbols.size() < size) {
      Pair pair = mostFrequent();
      if (pair == null) {
        break;
      }
      Merge merge = new Merge(symbols.text(pair.left()), symbols.text(pair.right()));
      apply(pair, symbols.add(merge.merged()));
      merges.add(merge);
    }
    return merges;
  }

  /** By count, and by text where that is equal: never by the order in which texts came. */
  private Comparator<Counted> mostFrequentFirst() {
    return Comparator.comparingLong(Counted::count)
        .reversed()
        .thenComparing(counted -> symbols.text(counted.pair().left()))
        .thenComparing(counted -> symbols.text(counted.pair().right()));
  }

  private @Nullable Pair mostFrequent() {
    while (!queue.isEmpty()) {
      Counted head = queue.remove();
      if (head.count() == head.pair().count()) {
        return head.count() >= FEWEST ? head.pair() : null;
      }
    }
    return null;
  }

  private void apply(Pair pair, int merged) {
    Set<Pair> changed = new LinkedHashSet<>();
    for (int index : pair.takeWords()) {
      int[] word = words.get(index);
      int[] shorter = Symbols.merge(word, pair.left(), pair.right(), merged);
      if (shorter.length < word.length) {
        words.set(index, shorter);
        for (int i = 0; i + 1 < word.length; i++) {
          count(word, i, -times.get(index), changed);
        }
        for (int i = 0; i + 1 < shorter.length; i++) {
          Pair counted = count(shorter, i, times.get(index), changed);
          // The word is known already to the pairs that the merge has not made.
          if (counted != null && (shorter[i] == merged || shorter[i + 1] == merged)) {
            counted.occursIn(index);
          }
        }
      }
    }
    changed.forEach(each -> queue.add(new Counted(each, each.count())));
  }

  private void add(int[] word, long count) {
    Set<Pair> all = new LinkedHashSet<>();
    for (int i = 0; i + 1 < word.length; i++) {
      count(word, i, count, all);
    }
    all.forEach(pair -> pair.occursIn(words.size()));
    words.add(word);
    times.add(count);
  }

  private @Nullable Pair count(int[] word, int at, long by, Set<Pair> changed) {
    int left = word[at];
    int right = word[at + 1];
    if (left == Symbols.NONE || right == Symbols.NONE) {
      return null;
    }
    Pair pair =
        pairs.computeIfAbsent((long) left << Integer.SIZE | right, any -> new Pair(left, right));
    pair.add(by);
    changed.add(pair);
    return pair;
  }
}
