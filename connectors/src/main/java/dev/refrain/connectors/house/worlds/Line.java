package dev.refrain.connectors.house.worlds;

import java.util.ArrayList;
import java.util.List;

/** A line of the resources: wordings that differ little from each other. */
record Line(List<Wording> wordings) {

  static List<Line> all(List<String> texts) {
    return texts.stream().map(text -> new Line(Wording.expand(text))).toList();
  }

  /** As {@link #all}, in one list. */
  static List<Wording> wordings(List<String> texts) {
    List<Wording> wordings = new ArrayList<>();
    texts.forEach(text -> wordings.addAll(Wording.expand(text)));
    return List.copyOf(wordings);
  }

  /** A line uniformly, then one of its wordings. */
  static Wording pick(List<Line> lines, Dice dice) {
    return dice.pick(dice.pick(lines).wordings());
  }
}
