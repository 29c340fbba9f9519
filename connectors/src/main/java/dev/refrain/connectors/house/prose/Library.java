package dev.refrain.connectors.house.prose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The passages to make exercises of. Immutable, thread-safe. */
final class Library {
  private static final int MOST_PASSAGES = 60_000;
  private static final int MOST_OF_A_KIND = 1_200;
  private static final int SMALLEST_SHELF = 4;
  private static final double SIMILAR = 0.6;
  private final List<Passage> passages;
  private final Map<String, List<Passage>> byKind = new HashMap<>();

  /** The first of these, so that no kind of thing outweighs the others. */
  Library(List<Passage> all) {
    Map<String, Integer> ofKind = new HashMap<>();
    List<Passage> chosen = new ArrayList<>();
    for (Passage passage : all) {
      String kind = passage.kind();
      if (chosen.size() < MOST_PASSAGES
          && ofKind.merge(kind, 1, Integer::sum) <= (kind.isEmpty() ? 4 : 1) * MOST_OF_A_KIND) {
        chosen.add(passage);
        if (!kind.isEmpty()) {
          byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(passage);
        }
      }
    }
    passages = List.copyOf(chosen);
  }

  Passage any(Dice dice) {
    return dice.pick(passages);
  }

  /**
   * A passage among others, often of the same kind, in random order.
   *
   * @param articles how many, 1 or more; fewer where others have the same title
   */
  List<Passage> around(Passage first, int articles, Dice dice) {
    List<Passage> chosen = new ArrayList<>();
    chosen.add(first);
    for (int tries = 0; chosen.size() < articles && tries < 4 * articles; tries++) {
      Passage next = dice.chance(SIMILAR) ? like(dice.pick(chosen), dice) : any(dice);
      if (chosen.stream().noneMatch(passage -> passage.title().equals(next.title()))) {
        chosen.add(next);
      }
    }
    dice.shuffle(chosen);
    return chosen;
  }

  /** One of the same kind where there are several, else any. */
  Passage like(Passage passage, Dice dice) {
    List<Passage> shelf = byKind.getOrDefault(passage.kind(), List.of());
    return shelf.size() < SMALLEST_SHELF ? any(dice) : dice.pick(shelf);
  }
}
