package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Verbs.Verb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subject, a verb and what follows.
 *
 * @param subject its words; a pronoun is one word
 * @param auxiliary the finite one: was, has, can; null where the verb itself is finite
 * @param middle adverbs and "been" between auxiliary and verb
 * @param word the verb as it stands; null where a form of "be" is the verb
 * @param verb its forms; null where a form of "be" is the verb
 * @param phrases what follows, in order
 */
record Clause(
    List<Token> subject,
    @Nullable Token auxiliary,
    List<Token> middle,
    @Nullable Token word,
    @Nullable Verb verb,
    List<Phrase> phrases) {

  /** Whether a form of "be" is all the verb there is. */
  boolean isCopula() {
    return verb == null;
  }

  boolean isPassive() {
    return verb != null
        && auxiliary != null
        && word != null
        && word.is(Tag.PARTICIPLE)
        && (auxiliary.is(Tag.BE) || middle.stream().anyMatch(token -> token.is(Tag.BE)));
  }

  /** The base of the verb, "be" for a copula. */
  String base() {
    return verb == null ? "be" : verb.base();
  }

  Clause with(List<Token> otherSubject) {
    return new Clause(otherSubject, auxiliary, middle, word, verb, phrases);
  }
}
