package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Verbs.Verb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads auxiliary, adverbs and verb behind a subject. For one sentence. */
final class VerbReader {
  private final Verbs verbs;
  private final List<Token> tokens;
  private final NounPhrases nouns;

  VerbReader(Verbs verbs, List<Token> tokens, NounPhrases nouns) {
    this.verbs = verbs;
    this.tokens = tokens;
    this.nouns = nouns;
  }

  private boolean is(int i, Tag tag) {
    return i < tokens.size() && tokens.get(i).is(tag);
  }

  private boolean is(int i, String word) {
    return i < tokens.size() && tokens.get(i).is(word);
  }

  /** Whether a finite verb stands here, adverbs aside. */
  boolean isFinite(int i) {
    int j = i;
    while (is(j, Tag.ADVERB)) {
      j++;
    }
    return is(j, Tag.AUXILIARY) || is(j, Tag.MODAL) || is(j, Tag.PAST) || is(j, Tag.THIRD);
  }

  /** The verb of this subject, or null where there is none, a negated or an unknown one. */
  @Nullable VerbGroup read(int start, List<Token> subject) {
    int i = start;
    List<Token> middle = new ArrayList<>();
    while (is(i, Tag.ADVERB)) {
      middle.add(tokens.get(i++));
    }
    Token auxiliary = null;
    if (is(i, Tag.AUXILIARY) || is(i, Tag.MODAL)) {
      auxiliary = tokens.get(i++);
      while (isMiddle(i)) {
        middle.add(tokens.get(i++));
      }
    }
    if (is(i, Tag.NEGATION) || (is(i, "used") && is(i + 1, "to"))) {
      return null;
    }
    Verb verb = verb(i, auxiliary, middle, subject);
    Token word = verb == null ? null : tokens.get(i++);
    boolean be =
        auxiliary != null
            && (auxiliary.is(Tag.BE) || middle.stream().anyMatch(token -> token.is(Tag.BE)));
    boolean unknown = i < tokens.size() && tokens.get(i).lower().endsWith("ed");
    if (verb == null && auxiliary != null && !be && isHave(auxiliary) && !unknown) {
      verb = verbs.ofBase("have");
      word = auxiliary;
      auxiliary = null;
    }
    if (verb == null && !be) {
      return null;
    }
    return new VerbGroup(auxiliary, middle, word, verb, i);
  }

  private boolean isMiddle(int i) {
    boolean quantity = is(i, Tag.QUANTIFIER) && nouns.end(i, false) > i;
    boolean adverb = is(i, Tag.ADVERB) && !isAdverbOfPlace(i) && !quantity;
    return adverb || is(i, "been") || is(i, "being") || is(i, "be");
  }

  private boolean isAdverbOfPlace(int i) {
    return is(i, "north") || is(i, "south") || is(i, "east") || is(i, "west") || is(i, "about");
  }

  private static boolean isHave(Token token) {
    return token.is("has") || token.is("had") || token.is("have");
  }

  private @Nullable Verb verb(
      int i, @Nullable Token auxiliary, List<Token> middle, List<Token> subject) {
    if (i >= tokens.size()) {
      return null;
    }
    String word = tokens.get(i).lower();
    boolean closed = is(i, Tag.PREPOSITION) || is(i, Tag.DETERMINER) || is(i, Tag.NAME);
    if (closed) {
      return null;
    }
    if (auxiliary == null && is(i + 1, "by")) {
      return null;
    }
    if (auxiliary == null) {
      Verb past = is(i, Tag.PAST) ? verbs.ofPast(word) : null;
      Verb third = is(i, Tag.THIRD) ? verbs.ofThird(word) : null;
      boolean plural = subject.getLast().is("they") || NounPhrases.isPlural(subject.getLast());
      Verb base = is(i, Tag.BASE) && plural ? verbs.ofBase(word) : null;
      return past != null ? past : third != null ? third : base;
    }
    if (auxiliary.is(Tag.MODAL) && middle.stream().noneMatch(token -> token.is(Tag.BE))) {
      return verbs.ofBase(word);
    }
    boolean be = auxiliary.is(Tag.BE) || middle.stream().anyMatch(token -> token.is(Tag.BE));
    Verb participle = isAdjectival(i) ? null : verbs.ofParticiple(word);
    return participle != null || !be ? participle : verbs.ofIng(word);
  }

  /** A participle before a noun: "is divided land". */
  private boolean isAdjectival(int i) {
    boolean noun =
        i + 1 < tokens.size()
            && tokens.get(i + 1).tags().stream()
                .allMatch(tag -> tag == Tag.NOUNLIKE || tag == Tag.PLACE)
            && !is(i, "called")
            && !is(i, "named");
    return noun && Character.isLetter(tokens.get(i + 1).text().charAt(0));
  }
}
