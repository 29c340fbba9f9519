package dev.refrain.connectors.house.worlds;

import java.util.List;

/**
 * A type of subject.
 *
 * @param key its name in the resources; also the kind of its names
 * @param person whether its subjects are people
 * @param called nouns for it, the usual one first
 * @param openings sentences that say what the subject is and no fact
 * @param fillers sentences that say nothing one may ask for
 * @param decoys sentences with values of other subjects than this; their slots are kinds of values
 * @param relations what there is to tell of its subjects
 * @param pairs sentences that tell two facts
 */
record SubjectType(
    String key,
    boolean person,
    List<String> called,
    List<Wording> openings,
    List<Line> fillers,
    List<Wording> decoys,
    List<Relation> relations,
    List<Pair> pairs) {

  /**
   * Sentences that tell two relations at once: {@code {O}} is the first's value, {@code {O2}} the
   * second's.
   */
  record Pair(String first, String second, List<Wording> sentences) {}
}
