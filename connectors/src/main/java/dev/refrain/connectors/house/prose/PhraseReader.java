package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Phrase.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the phrases behind a verb up to where the clause ends. For one clause. */
final class PhraseReader {
  private static final Set<String> EXAMPLES = Set.of("including", "like", "such", "per", "via");
  private final List<Token> tokens;
  private final NounPhrases nouns;
  private final List<Phrase> phrases = new ArrayList<>();

  PhraseReader(List<Token> tokens, NounPhrases nouns) {
    this.tokens = tokens;
    this.nouns = nouns;
  }

  List<Phrase> phrases() {
    return phrases;
  }

  private boolean is(int i, Tag tag) {
    return i < tokens.size() && tokens.get(i).is(tag);
  }

  private boolean is(int i, String word) {
    return i < tokens.size() && tokens.get(i).is(word);
  }

  /** Reads the phrase before the subject; returns its end or, if it is not clear, -1. */
  int lead(int start) {
    if (is(start, Tag.ADVERB) && is(start + 1, ",")) {
      return start + 1;
    }
    int end = phrase(start);
    boolean clear = end > 0 && (is(end, ",") || is(end - 1, Tag.YEAR));
    return clear ? end : -1;
  }

  /** Reads from start, then adds the lead; returns the end or, if it is not clear, -1. */
  int read(int start, List<Phrase> lead) {
    int i = start;
    while (i < tokens.size() && !breaks(i)) {
      int end = phrase(i);
      if (end <= i) {
        return -1;
      }
      i = end;
    }
    lead.stream().filter(PhraseReader::isTelling).forEach(phrases::add);
    boolean finite = is(i, Tag.AUXILIARY) || is(i, Tag.MODAL) || is(i, Tag.PRONOUN);
    return finite || isUnclear(i) ? -1 : i;
  }

  /** A time or a name, rather than "In electronics,". */
  private static boolean isTelling(Phrase phrase) {
    return phrase.words().stream().anyMatch(token -> token.is(Tag.NUMBER) || token.is(Tag.NAME));
  }

  /** A dash, or "as" a second time: "as old as". */
  private boolean isUnclear(int i) {
    long as = tokens.subList(0, i).stream().filter(token -> token.is("as")).count();
    return is(i, "–") || is(i, "-") || is(i, "/") || is(i, ".") || as > 1;
  }

  private boolean breaks(int i) {
    boolean as = is(i, "as") && !is(i + 1, Tag.PRONOUN);
    boolean clause = is(i, Tag.PREPOSITION) && is(i + 1, Tag.PRONOUN) && !is(i + 1, Tag.OBJECT);
    return clause
        || is(i, Tag.PUNCTUATION)
        || is(i, Tag.CONJUNCTION)
        || is(i, Tag.AUXILIARY)
        || is(i, Tag.MODAL)
        || is(i, Tag.PRONOUN)
        || (is(i, Tag.SUBORDINATOR) && !as);
  }

  private int phrase(int i) {
    if ((is(i, "to") && isInfinitive(i + 1)) || is(i, "because")) {
      return opaque(i);
    }
    int quantity = is(i, Tag.QUANTIFIER) ? nouns.end(i, false) : i;
    if (quantity > i) {
      return noun(i, i, quantity);
    }
    if (is(i, Tag.PREPOSITION) || is(i, "as")) {
      return EXAMPLES.contains(tokens.get(i).lower()) ? opaque(i) : prepositional(i);
    }
    int end = nouns.end(i, false);
    if (end > i && !startsWithVerb(i)) {
      return noun(i, i, end);
    }
    if (is(i, Tag.ADVERB)) {
      phrases.add(new Phrase(Role.ADVERB, List.of(), tokens.subList(i, i + 1), List.of()));
      return i + 1;
    }
    return is(i, Tag.ING) || is(i, Tag.PARTICIPLE) || is(i, Tag.PAST) ? opaque(i) : -1;
  }

  private boolean isInfinitive(int i) {
    boolean other =
        is(i, Tag.NAME)
            || is(i, Tag.NUMBER)
            || is(i, Tag.DETERMINER)
            || is(i, Tag.POSSESSIVE)
            || is(i, Tag.PREPOSITION)
            || is(i, Tag.NOUNLIKE)
            || is(i, Tag.ADVERB);
    return is(i, Tag.BASE) ? !is(i, Tag.NAME) : i < tokens.size() && !other;
  }

  /** A participle behind a noun opens a shortened relative clause. */
  private boolean startsWithVerb(int i) {
    return (is(i, Tag.ING) || is(i, Tag.PARTICIPLE) || is(i, Tag.PAST))
        && (!phrases.isEmpty() || is(i + 1, Tag.DETERMINER))
        && !is(i, Tag.NAME);
  }

  private int opaque(int i) {
    int end = i + 1;
    while (end < tokens.size()
        && (!is(end, Tag.PUNCTUATION) || (is(end, ",") && is(end + 1, Tag.YEAR)))
        && !is(end, Tag.PRONOUN)
        && !is(end, Tag.AUXILIARY)
        && !is(end, Tag.SUBORDINATOR)
        && !is(end, Tag.MODAL)) {
      end++;
    }
    phrases.add(new Phrase(Role.OPAQUE, List.of(), tokens.subList(i, end), List.of()));
    return end;
  }

  private int prepositional(int i) {
    int start = i + 1;
    if (is(start, Tag.PREPOSITION)) {
      return -1;
    }
    if ((is(start, Tag.ING) && !is(start, Tag.NAME)) || is(start, Tag.SUBORDINATOR)) {
      return opaque(i);
    }
    int end = nouns.end(start, false);
    return end > start ? noun(i, start, end) : -1;
  }

  private int noun(int preposition, int start, int end) {
    List<Token> before = tokens.subList(preposition, start);
    List<Token> words = tokens.subList(start, end);
    boolean dimension = is(end, Tag.DIMENSION) && is(end - 1, Tag.UNIT);
    if (dimension || is(end, "ago") || is(end, "later")) {
      return measure(before, start, end);
    }
    boolean adjectives = words.getLast().is(Tag.ADJECTIVE) || words.getLast().is(Tag.DIMENSION);
    if (adjectives && is(end, ",") && !words.getLast().is(Tag.NAME)) {
      return -1;
    }
    if (before.isEmpty() && isAdjective(words)) {
      phrases.add(new Phrase(Role.ADJECTIVE, before, words, List.of()));
      return end;
    }
    int tail = placeTail(end);
    if (tail > end) {
      add(before, words, tokens.subList(end, tail));
      return tail;
    }
    int list = listEnd(end);
    if (list > end) {
      phrases.add(new Phrase(Role.LIST, before, tokens.subList(start, list), List.of()));
      return list;
    }
    add(before, words, List.of());
    return end;
  }

  private int measure(List<Token> before, int start, int end) {
    boolean dimension = is(end, Tag.DIMENSION) && before.isEmpty();
    Role role = dimension ? Role.OBJECT : Role.OPAQUE;
    List<Token> words = tokens.subList(start, dimension ? end : end + 1);
    List<Token> tail = dimension ? tokens.subList(end, end + 1) : List.of();
    phrases.add(new Phrase(role, before, words, tail));
    return end + 1;
  }

  private void add(List<Token> before, List<Token> words, List<Token> tail) {
    Role role = before.isEmpty() ? Role.OBJECT : Role.PREPOSITIONAL;
    phrases.add(new Phrase(role, before, words, tail));
  }

  /** "famous", "very cold": no article, no plural, no name. */
  private static boolean isAdjective(List<Token> words) {
    return words.size() <= 2
        && words.stream().noneMatch(t -> t.is(Tag.NAME) || t.is(Tag.NUMBER) || t.is(Tag.DETERMINER))
        && !NounPhrases.isPlural(words.getLast())
        && (words.getLast().is(Tag.ADJECTIVE) || !words.getLast().is(Tag.NOUNLIKE));
  }

  /** Behind "Ulm, Germany": names after commas that are no list. */
  private int placeTail(int end) {
    int i = end;
    while (is(i - 1, Tag.NAME) && is(i, ",") && is(i + 1, Tag.NAME)) {
      int name = i + 1;
      while (is(name, Tag.NAME)) {
        name++;
      }
      if (is(name, Tag.CONJUNCTION) || (is(name, ",") && is(name + 1, Tag.CONJUNCTION))) {
        return end;
      }
      if (name < tokens.size() && !is(name, ",") && !is(name, Tag.PREPOSITION)) {
        return end;
      }
      i = name;
    }
    return i;
  }

  /** The end of "..., B and C" or "and C"; the same place if there is no list. */
  private int listEnd(int end) {
    int i = end;
    while (is(i, ",") || is(i, "and") || is(i, "or")) {
      int next = is(i, ",") && (is(i + 1, "and") || is(i + 1, "or")) ? i + 2 : i + 1;
      boolean last = is(next - 1, "and") || is(next - 1, "or");
      int item = is(next, Tag.PREPOSITION) ? next : nouns.end(next, true);
      boolean verb =
          is(item, Tag.AUXILIARY)
              || is(item, Tag.MODAL)
              || (item > next && item < tokens.size() && nouns.isVerb(item, true));
      if (item == next
          || verb
          || is(next, Tag.PAST)
          || (is(next, Tag.THIRD) && !is(next, Tag.NOUNLIKE))) {
        return end;
      }
      i = item;
      if (last) {
        return i;
      }
    }
    return end;
  }
}
