package dev.refrain.connectors.house.worlds;

import java.util.ArrayList;
import java.util.List;

/**
 * A subject of an exercise with the facts that its article tells.
 *
 * @param era a year: of birth, if it is a person
 * @param facts filled while the exercise is cast
 */
record Subject(SubjectType type, Name name, int era, List<Fact> facts) {

  Subject(SubjectType type, Name name, int era) {
    this(type, name, era, new ArrayList<>());
  }

  /** One fact about this subject. */
  record Fact(Relation relation, Value value) {}

  /** Whether a fact of this group is among those it tells. */
  boolean tells(String group) {
    return facts.stream().anyMatch(fact -> fact.relation().group().equals(group));
  }
}
