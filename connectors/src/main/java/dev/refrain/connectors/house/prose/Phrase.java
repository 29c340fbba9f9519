package dev.refrain.connectors.house.prose;

import java.util.List;

/**
 * A part of a clause after its verb.
 *
 * @param role what it is to the verb
 * @param preposition one or two words; empty for what has none
 * @param words the noun phrase, adverb or whatever else it is, without the preposition
 * @param tail what belongs to the words behind a comma: the country after a town
 */
record Phrase(Role role, List<Token> preposition, List<Token> words, List<Token> tail) {

  enum Role {
    /** A noun phrase without preposition. */
    OBJECT,
    /** A noun phrase with one. */
    PREPOSITIONAL,
    /** Several noun phrases. */
    LIST,
    /** "famous", "very cold". */
    ADJECTIVE,
    ADVERB,
    /** Whatever the rules do not look into. */
    OPAQUE
  }

  boolean is(Role other) {
    return role == other;
  }

  String prepositionText() {
    return preposition.isEmpty() ? "" : Token.join(preposition).toLowerCase(java.util.Locale.ROOT);
  }

  /** The words with "long" or "high" behind a measure. */
  List<Token> whole() {
    boolean dimension = !tail.isEmpty() && tail.getFirst().is(Tag.DIMENSION);
    return dimension
        ? java.util.stream.Stream.concat(words.stream(), tail.stream()).toList()
        : words;
  }

  Token first() {
    return words.getFirst();
  }

  Token last() {
    return words.getLast();
  }
}
