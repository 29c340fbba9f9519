package dev.refrain.connectors.house.worlds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names and numbers of one exercise so far: none occurs twice, pieces of them do. */
final class Roster {
  private final Set<String> taken = new HashSet<>();
  private final List<String> roots = new ArrayList<>();
  private final Map<String, Long> numbers = new HashMap<>();

  /** Takes a text for one subject or fact; false if it is taken already. */
  boolean take(String text) {
    return taken.add(text.toLowerCase(Locale.ROOT));
  }

  /** Invented words, capitalised, that later names may share. */
  List<String> roots() {
    return roots;
  }

  /** The last number of each measure. */
  Map<String, Long> numbers() {
    return numbers;
  }
}
