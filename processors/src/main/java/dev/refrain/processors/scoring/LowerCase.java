package dev.refrain.processors.scoring;

import java.util.Locale;

/**
 * Lower case as Unicode defines it and Python's {@code str.lower()} does it. Java differs in one
 * rule, the sigma at the end of a word: it asks a word-break iterator instead of the neighbouring
 * letters (Unicode 3.13, condition Final_Sigma).
 */
final class LowerCase {
  private static final char CAPITAL_SIGMA = 'Σ';
  private static final char SIGMA = 'σ';
  private static final char FINAL_SIGMA = 'ς';

  /** Word_Break in MidLetter, MidNumLet and Single_Quote. */
  private static final String MIDDLE_OF_WORD =
      ":·\u0387\u055f\u05f4\u2027\ufe13\ufe55\uff1a.\u2018\u2019\u2024\ufe52\uff07\uff0e'";

  private LowerCase() {}

  static String of(String text) {
    if (text.indexOf(CAPITAL_SIGMA) < 0) {
      return text.toLowerCase(Locale.ROOT);
    }
    StringBuilder sigmas = new StringBuilder(text);
    for (int i = text.indexOf(CAPITAL_SIGMA); i >= 0; i = text.indexOf(CAPITAL_SIGMA, i + 1)) {
      sigmas.setCharAt(i, casedBefore(text, i) && !casedAfter(text, i + 1) ? FINAL_SIGMA : SIGMA);
    }
    return sigmas.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean casedBefore(String text, int end) {
    int at = end;
    while (at > 0 && isIgnorable(text.codePointBefore(at))) {
      at -= Character.charCount(text.codePointBefore(at));
    }
    return at > 0 && isCased(text.codePointBefore(at));
  }

  private static boolean casedAfter(String text, int start) {
    int at = start;
    while (at < text.length() && isIgnorable(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at < text.length() && isCased(text.codePointAt(at));
  }

  private static boolean isCased(int codePoint) {
    return Character.isLowerCase(codePoint)
        || Character.isUpperCase(codePoint)
        || Character.isTitleCase(codePoint);
  }

  /** Unicode's Case_Ignorable. */
  private static boolean isIgnorable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> MIDDLE_OF_WORD.indexOf(codePoint) >= 0;
    };
  }
}
