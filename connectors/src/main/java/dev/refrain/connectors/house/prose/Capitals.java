package dev.refrain.connectors.house.prose;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives names that were typed in small letters their capitals again. Immutable, thread-safe. */
final class Capitals {
  private final Map<String, Token> names = new HashMap<>();
  private final Lexicon lexicon;

  /**
   * Knows the names of a passage, and those that its corpus always writes with a capital.
   *
   * @param reteller says what the words of the passage are
   */
  Capitals(Passage passage, Reteller reteller, Lexicon lexicon) {
    this.lexicon = lexicon;
    add(reteller.tag(passage, passage.title()));
    passage.sentences().forEach(sentence -> add(reteller.tag(passage, sentence)));
  }

  private void add(List<Token> tokens) {
    tokens.stream()
        .filter(token -> token.is(Tag.NAME) && !lexicon.isClosed(token.lower()))
        .forEach(token -> names.putIfAbsent(token.lower(), token));
  }

  List<Token> restored(List<Token> typed) {
    return typed.stream().map(this::restored).toList();
  }

  private Token restored(Token typed) {
    Token name = names.get(typed.lower());
    if (name != null) {
      return new Token(name.text(), typed.lower(), name.text(), typed.gap(), name.tags());
    }
    boolean letter = Character.isLetter(typed.text().charAt(0));
    boolean known = letter && lexicon.isKnownName(typed.lower());
    String text = known ? Wording.capital(typed.text()) : typed.text();
    Set<Tag> tags = known ? EnumSet.of(Tag.NAME) : typed.tags();
    return new Token(text, typed.lower(), text, typed.gap(), tags);
  }
}
