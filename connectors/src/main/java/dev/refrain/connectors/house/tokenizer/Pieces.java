package dev.refrain.connectors.house.tokenizer;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pieces that a text falls into before byte pairs are merged: a word, a digit, a mark of
 * punctuation, a white space. A word or a mark keeps the space before it; a digit never does, so
 * that a number has the same tokens wherever it stands. No merge crosses a piece.
 */
final class Pieces {
  /** What a space is written as. */
  static final String SPACE = "▁";

  /**
   * Matches one piece after another and leaves nothing out. Written with general categories only,
   * which mean the same to Java and to the library that reads it from {@code tokenizer.json}; the
   * two may know different versions of Unicode, which touches characters assigned in between.
   */
  static final String REGEX =
      "▁?\\p{L}[\\p{L}\\p{M}]*|\\p{N}|▁?[^\\p{L}\\p{N}\\p{Z}\\p{C}▁]|[\\p{Z}\\p{C}▁]";

  private static final Pattern PIECE = Pattern.compile(REGEX);

  private Pieces() {}

  /** Gives the pieces of a text in their order; together they are the text, its spaces marked. */
  static void of(String text, Consumer<String> piece) {
    Matcher matcher = PIECE.matcher(text.replace(" ", SPACE));
    while (matcher.find()) {
      piece.accept(matcher.group());
    }
  }
}
