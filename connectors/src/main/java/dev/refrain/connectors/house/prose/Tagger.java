package dev.refrain.connectors.house.prose;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Says of each piece of a sentence what it can be. Thread-safe. */
final class Tagger {
  private static final Set<String> WITHIN_NAMES =
      Set.of(
          "of", "de", "van", "von", "del", "della", "di", "da", "der", "den", "la", "le", "al",
          "el", "bin", "ibn", "du", "des", "dos", "zu", "af", "y");
  private final Lexicon lexicon;

  Tagger(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  Lexicon lexicon() {
    return lexicon;
  }

  /**
   * The tokens of a sentence.
   *
   * @param name with whose words a sentence may begin; may be empty
   */
  List<Token> tag(String sentence, String name) {
    List<Splitter.Piece> pieces = Splitter.pieces(sentence);
    List<Token> tokens = new ArrayList<>(pieces.size());
    for (int i = 0; i < pieces.size(); i++) {
      Splitter.Piece piece = pieces.get(i);
      String text = piece.text();
      String lower = text.toLowerCase(Locale.ROOT);
      boolean initial = i == 0 && !name.startsWith(text);
      tokens.add(new Token(text, lower, text, piece.gap(), tags(text, lower, initial)));
    }
    joinNames(tokens);
    return tokens;
  }

  private Set<Tag> tags(String text, String lower, boolean initial) {
    char first = text.charAt(0);
    if (Character.isDigit(first)) {
      return number(text);
    }
    if (!Character.isLetter(first)) {
      return EnumSet.of(Tag.PUNCTUATION);
    }
    if (Character.isUpperCase(first)) {
      boolean calendar = lexicon.is(lower, Tag.MONTH) || lexicon.is(lower, Tag.WEEKDAY);
      boolean generic =
          !initial && lexicon.is(lower, Tag.GENERIC) && !lexicon.is(lower, Tag.NUMBER);
      boolean closed = lexicon.isClosed(lower) && !text.endsWith(".") && !generic;
      boolean name =
          text.endsWith(".")
              || (!calendar && (initial ? lexicon.isName(lower) || isMixed(text) : !closed));
      if (name) {
        return lexicon.is(lower, Tag.GENERIC)
            ? EnumSet.of(Tag.NAME, Tag.GENERIC)
            : EnumSet.of(Tag.NAME);
      }
      if (!initial && closed && text.length() > 1 && lexicon.is(lower, Tag.NUMBER)) {
        return EnumSet.of(Tag.NAME, Tag.NUMBER);
      }
    }
    return lexicon.tags(lower);
  }

  /** A capital further in: "McDonald". */
  private static boolean isMixed(String text) {
    return text.chars().skip(1).anyMatch(Character::isUpperCase);
  }

  private static Set<Tag> number(String text) {
    boolean year = text.length() == 4 && text.matches("1[0-9]{3}|20[0-9]{2}");
    return year ? EnumSet.of(Tag.NUMBER, Tag.YEAR) : EnumSet.of(Tag.NUMBER);
  }

  /** Words like "of" and "van", and hyphens, between two parts of a name belong to it. */
  private static void joinNames(List<Token> tokens) {
    for (int i = 1; i + 1 < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean hyphen = token.is("-") && !token.gap() && !tokens.get(i + 1).gap();
      boolean joins = hyphen || (WITHIN_NAMES.contains(token.lower()) && isGenericOf(tokens, i));
      if (joins && isName(tokens.get(i - 1)) && isName(tokens.get(i + 1))) {
        tokens.set(i, joined(token));
      }
    }
  }

  private static boolean isGenericOf(List<Token> tokens, int i) {
    return !tokens.get(i).is("of") || tokens.get(i - 1).is(Tag.GENERIC);
  }

  private static boolean isName(Token token) {
    return token.is(Tag.NAME);
  }

  private static Token joined(Token token) {
    return new Token(
        token.text(),
        token.lower(),
        token.shown(),
        token.gap(),
        Collections.unmodifiableSet(EnumSet.of(Tag.NAME, Tag.GENERIC)));
  }
}
