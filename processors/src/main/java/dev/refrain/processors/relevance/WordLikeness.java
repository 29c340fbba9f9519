package dev.refrain.processors.relevance;

/**
 * What is known of words: which of them mean something alike, and how much each says. Words are in
 * lower case. Implementations are safe for use by many threads.
 */
public interface WordLikeness {
  /**
   * How alike two words are used.
   *
   * @return at most 1; 0 or less where they have nothing to do with each other, or one is unknown
   */
  double likeness(String word, String other);

  /**
   * How rarely a word is said, which is how much it says.
   *
   * @return natural logarithm of all words over its occurrences, above 0; for an unknown word that
   *     of a rare one
   */
  double rarity(String word);
}
