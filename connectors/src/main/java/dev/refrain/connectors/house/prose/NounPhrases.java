package dev.refrain.connectors.house.prose;

import java.util.List;
import java.util.Set;

/** Finds where noun phrases end, by the tags of their words. */
final class NounPhrases {
  private static final Set<String> NOT_REFERRING =
      Set.of("this", "that", "these", "those", "such", "another", "other", "same");
  private static final Set<String> ADJECTIVES =
      Set.of("north", "south", "east", "west", "last", "first", "early", "only", "main");
  private static final Set<String> PLURALS = Set.of("people", "children", "men", "women", "fish");
  private final List<Token> tokens;

  NounPhrases(List<Token> tokens) {
    this.tokens = tokens;
  }

  private Token at(int i) {
    return tokens.get(i);
  }

  private boolean is(int i, Tag tag) {
    return i < tokens.size() && at(i).is(tag);
  }

  /** Whether the words point at something said before. */
  static boolean refersBack(List<Token> words) {
    return words.stream()
        .anyMatch(
            token ->
                NOT_REFERRING.contains(token.lower())
                    || token.is(Tag.STRANGER)
                    || (token.is(Tag.OBJECT) && !token.is("her")));
  }

  /** The end of the noun phrase at start; start itself if there is none. */
  int end(int start, boolean subject) {
    int end = simpleEnd(start, subject);
    while (end > start && end < tokens.size() && at(end).is("of") && !is(end + 1, Tag.ING)) {
      int inner = simpleEnd(end + 1, subject);
      if (inner == end + 1) {
        break;
      }
      end = inner;
    }
    return end;
  }

  /** The same without what "of" adds. */
  int simpleEnd(int start, boolean subject) {
    if (is(start, Tag.PRONOUN) && subject) {
      return start + 1;
    }
    int i = quantified(start);
    if (is(i, Tag.DETERMINER) || is(i, Tag.POSSESSIVE)) {
      i++;
    }
    boolean head = false;
    while (i < tokens.size()) {
      Token token = at(i);
      if (isDateComma(i)) {
        i += 2;
      } else if (head && !token.is(Tag.NAME) && (isCount(i) || isDimension(i))) {
        break;
      } else if (token.is(Tag.NAME) || token.is(Tag.NUMBER) || isMonth(token)) {
        head = true;
        i++;
      } else if (token.is("'s") || token.is("'")) {
        head = false;
        i++;
      } else if (token.is("-") && !token.gap()) {
        i += 2;
        head = true;
      } else if (isDegree(i, head)) {
        i++;
      } else if (ends(token) || (head && isVerb(i, subject))) {
        break;
      } else {
        head = true;
        i++;
      }
    }
    return head ? Math.min(i, tokens.size()) : start;
  }

  private int quantified(int start) {
    int i = start;
    while (is(i, Tag.QUANTIFIER)) {
      i++;
    }
    return i > start && is(i, Tag.NUMBER) ? i : start;
  }

  private boolean isMonth(Token token) {
    return (token.is(Tag.MONTH) || token.is(Tag.WEEKDAY))
        && Character.isUpperCase(token.text().charAt(0));
  }

  /** The "long" of "ten metres long". */
  private boolean isDimension(int i) {
    return is(i, Tag.DIMENSION) && is(i - 1, Tag.UNIT);
  }

  /** The "ten" of "won the cup ten times". */
  private boolean isCount(int i) {
    boolean words = Character.isLetter(at(i).text().charAt(0));
    boolean times = i + 1 < tokens.size() && at(i + 1).is("times");
    return is(i, Tag.NUMBER)
        && (words || times)
        && !is(i - 1, Tag.NUMBER)
        && !is(i - 1, Tag.DETERMINER);
  }

  /** The comma of "May 4, 1990". */
  private boolean isDateComma(int i) {
    return at(i).is(",")
        && i >= 2
        && is(i + 1, Tag.YEAR)
        && (isMonth(at(i - 1)) || (isMonth(at(i - 2)) && is(i - 1, Tag.NUMBER)));
  }

  private boolean isDegree(int i, boolean head) {
    Token token = at(i);
    boolean degree = token.is(Tag.DEGREE) || (token.is(Tag.ADVERB) && token.lower().endsWith("ly"));
    boolean before = i + 1 < tokens.size() && !ends(at(i + 1));
    return !head && before && (degree || (is(i, Tag.ADVERB) && isAdjective(token)));
  }

  private static boolean isAdjective(Token token) {
    return ADJECTIVES.contains(token.lower());
  }

  private static boolean ends(Token token) {
    return token.is(Tag.PUNCTUATION)
        || token.is(Tag.PREPOSITION)
        || token.is(Tag.AUXILIARY)
        || token.is(Tag.MODAL)
        || token.is(Tag.PRONOUN)
        || token.is(Tag.OBJECT)
        || token.is(Tag.CONJUNCTION)
        || token.is(Tag.SUBORDINATOR)
        || token.is(Tag.DETERMINER)
        || token.is(Tag.POSSESSIVE)
        || token.is(Tag.NEGATION)
        || (token.is(Tag.ADVERB) && !isAdjective(token));
  }

  /** Whether the word at i, behind a noun, is a verb rather than a further noun. */
  boolean isVerb(int i, boolean subject) {
    Token token = at(i);
    if (at(i - 1).lower().endsWith("est") && i + 1 < tokens.size() && isBareNoun(i + 1)) {
      return false;
    }
    if (token.is(Tag.PAST) || token.is(Tag.PARTICIPLE)) {
      return !token.is(Tag.NOUNLIKE) || (!is(i + 1, Tag.AUXILIARY) && !isBareNoun(i + 1));
    }
    if (token.is(Tag.ING)) {
      return !token.is(Tag.NOUNLIKE);
    }
    if (!subject) {
      return false;
    }
    if (token.is(Tag.THIRD)) {
      return !token.is(Tag.NOUNLIKE) || is(i + 1, Tag.DETERMINER) || is(i + 1, Tag.POSSESSIVE);
    }
    return token.is(Tag.BASE)
        && isPlural(at(i - 1))
        && (!token.is(Tag.NOUNLIKE) || is(i + 1, Tag.DETERMINER) || is(i + 1, Tag.PREPOSITION));
  }

  private boolean isBareNoun(int i) {
    return i < tokens.size() && !ends(at(i)) && !is(i, Tag.NAME) && !is(i, Tag.NUMBER);
  }

  static boolean isPlural(Token token) {
    String word = token.lower();
    boolean singular = word.endsWith("ss") || word.endsWith("us") || word.endsWith("is");
    return (word.endsWith("s") && !singular) || word.endsWith("men") || PLURALS.contains(word);
  }
}
