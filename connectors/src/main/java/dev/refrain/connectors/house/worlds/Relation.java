package dev.refrain.connectors.house.worlds;

import java.util.List;

/**
 * A relation between subjects of one type and values of one kind.
 *
 * @param key its name in the resources
 * @param group relations of one group answer the same questions: an article tells one of them
 * @param kind kinds of its values, separated by {@code |}
 * @param nouns what its value is called: "the noun of the subject"
 * @param inverse questions for the subject, by the value
 * @param references noun phrases for the value, by the subject; none if nothing builds on it
 * @param back the relation of the value's own type that leads back, empty if there is none
 */
record Relation(
    String key,
    String group,
    String kind,
    List<String> nouns,
    Forms sentences,
    Forms questions,
    List<Line> odd,
    List<Line> inverse,
    List<Line> references,
    String back) {}
