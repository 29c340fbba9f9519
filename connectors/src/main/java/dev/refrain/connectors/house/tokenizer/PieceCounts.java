package dev.refrain.connectors.house.tokenizer;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

/** How often each piece occurs in some texts. Not thread-safe. */
final class PieceCounts {
  private final Map<String, long[]> counts = new HashMap<>();

  /** Counts the pieces of texts as they come. */
  static PieceCounts of(Stream<String> texts) {
    PieceCounts counts = new PieceCounts();
    texts.sequential().forEachOrdered(text -> Pieces.of(text, counts::add));
    return counts;
  }

  private void add(String piece) {
    counts.computeIfAbsent(piece, any -> new long[1])[0]++;
  }

  /** Gives each piece and its occurrences, in no order. */
  void forEach(ObjLongConsumer<String> each) {
    counts.forEach((piece, count) -> each.accept(piece, count[0]));
  }

  /**
   * The characters that make up at least a share of all, most frequent first and equally frequent
   * ones by code point.
   *
   * @param oneIn the share: at least one character in so many
   */
  List<String> characters(long oneIn) {
    Map<Integer, long[]> occurrences = new HashMap<>();
    long total = 0;
    for (Map.Entry<String, long[]> piece : counts.entrySet()) {
      long times = piece.getValue()[0];
      int[] codePoints = piece.getKey().codePoints().toArray();
      for (int codePoint : codePoints) {
        occurrences.computeIfAbsent(codePoint, any -> new long[1])[0] += times;
      }
      total += times * codePoints.length;
    }
    long least = total / oneIn;
    return occurrences.entrySet().stream()
        .filter(entry -> entry.getValue()[0] >= least)
        .filter(entry -> Character.getType(entry.getKey()) != Character.SURROGATE)
        .sorted(
            Comparator.<Map.Entry<Integer, long[]>>comparingLong(entry -> -entry.getValue()[0])
                .thenComparing(Map.Entry::getKey))
        .map(entry -> Character.toString(entry.getKey()))
        .toList();
  }
}
