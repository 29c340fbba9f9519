package dev.refrain.connectors.house.prose;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A word, number or mark of a sentence.
 *
 * @param text as the corpus has it
 * @param lower the same in lower case
 * @param shown as the exercise has it
 * @param gap whether a blank stands before it
 * @param tags what it can be
 */
record Token(String text, String lower, String shown, boolean gap, Set<Tag> tags) {

  /** A word of a question. */
  static Token of(String word) {
    return new Token(word, word.toLowerCase(Locale.ROOT), word, true, Set.of());
  }

  boolean is(Tag tag) {
    return tags.contains(tag);
  }

  boolean is(String word) {
    return lower.equals(word);
  }

  Token shown(String other) {
    return new Token(text, lower, other, gap, tags);
  }

  Token tagged(Set<Tag> others) {
    return new Token(text, lower, shown, gap, others);
  }

  /** The text of these tokens as the exercise has it. */
  static String join(List<Token> tokens) {
    StringBuilder joined = new StringBuilder();
    for (Token token : tokens) {
      if (token.gap && !joined.isEmpty()) {
        joined.append(' ');
      }
      joined.append(token.shown);
    }
    return joined.toString();
  }
}
