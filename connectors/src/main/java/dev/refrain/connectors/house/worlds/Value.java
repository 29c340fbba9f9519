package dev.refrain.connectors.house.worlds;

import org.jspecify.annotations.Nullable;

/**
 * What a fact says of its subject.
 *
 * @param article "the ", "a ", "an " or empty: what stands before the answer in a sentence
 * @param answer the answer itself
 * @param name the name, where the value is a subject that may have its own article
 * @param type the type of that subject, empty otherwise
 */
record Value(String article, String answer, @Nullable Name name, String type) {

  /** A value that is no subject; a leading article is split off. */
  static Value of(String text) {
    for (String article : new String[] {"the ", "a ", "an "}) {
      if (text.startsWith(article)) {
        return new Value(article, text.substring(article.length()), null, "");
      }
    }
    return new Value("", text, null, "");
  }

  static Value of(Name name, String type) {
    return new Value(name.the() ? "the " : "", name.full(), name, type);
  }

  /** As it stands within a sentence. */
  String shown() {
    return article + answer;
  }

  /** Whether a sentence may begin with it: its answer then keeps its own case. */
  boolean mayBegin() {
    return !article.isEmpty() || !Character.isLowerCase(answer.charAt(0));
  }
}
