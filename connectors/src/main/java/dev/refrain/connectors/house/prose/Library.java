package dev.refrain.connectors.house.prose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The passages to make exercises of. Immutable, thread-safe. */
final class Library {
  private static final int SMALLEST_SHELF = 4;
  private final List<Passage> passages;
  private final Map<String, List<Passage>> byKind = new HashMap<>();

  Library(List<Passage> passages) {
    this.passages = List.copyOf(passages);
    for (Passage passage : passages) {
      if (!passage.kind().isEmpty()) {
        byKind.computeIfAbsent(passage.kind(), k -> new ArrayList<>()).add(passage);
      }
    }
  }

  List<Passage> passages() {
    return passages;
  }

  Passage any(Dice dice) {
    return dice.pick(passages);
  }

  /** One of the same kind where there are several, else any. */
  Passage like(Passage passage, Dice dice) {
    List<Passage> shelf = byKind.getOrDefault(passage.kind(), List.of());
    return shelf.size() < SMALLEST_SHELF ? any(dice) : dice.pick(shelf);
  }
}
