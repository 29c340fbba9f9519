package dev.refrain.gpuworkers.generate;

/**
 * Where words begin and end in a text, by the rules of {@link SpanConstraint}. Follows the default
 * word boundaries of Unicode (UAX 29) for letters, digits and what stands between them, without
 * their exceptions for single scripts. Immutable.
 */
final class WordBoundaries {
  private final String text;

  WordBoundaries(String text) {
    this.text = text;
  }

  /** Whether a run may begin before this character. */
  boolean begins(int at) {
    return at < text.length()
        && !inCharacter(at)
        && !isSpace(at)
        && !isMark(at)
        && (isWord(at) ? !joined(at) : at == 0 || isSpace(before(at)));
  }

  /** Whether a run may end before this character, or at the text's end. */
  boolean ends(int at) {
    return at > 0
        && !inCharacter(at)
        && !isSpace(before(at))
        && (isWord(before(at)) ? !joined(at) : at == text.length() || isSpace(at));
  }

  /** Whether the characters on both sides belong to one word. */
  private boolean joined(int at) {
    if (at == 0 || at == text.length()) {
      return false;
    }
    int previous = before(at);
    if (isWord(previous) && isWord(at)) {
      return isMark(at) || !(isIdeograph(previous) || isIdeograph(at));
    }
    return isWord(previous) ? joins(at) : isWord(at) && joins(previous);
  }

  /** Whether the character stands within a number or a word: 1,318 or it's. */
  private boolean joins(int at) {
    if (at == 0 || at + 1 >= text.length()) {
      return false;
    }
    return switch (text.charAt(at)) {
      case '.', ',' -> Character.isDigit(text.codePointBefore(at)) && Character.isDigit(next(at));
      case '\'', '’' ->
          Character.isLetter(text.codePointBefore(at)) && Character.isLetter(next(at));
      default -> false;
    };
  }

  private int next(int at) {
    return text.codePointAt(at + 1);
  }

  private int before(int at) {
    return text.offsetByCodePoints(at, -1);
  }

  private boolean inCharacter(int at) {
    return at > 0
        && at < text.length()
        && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }

  private boolean isSpace(int at) {
    int codePoint = text.codePointAt(at);
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  private boolean isWord(int at) {
    return Character.isLetterOrDigit(text.codePointAt(at)) || isMark(at);
  }

  private boolean isIdeograph(int at) {
    return Character.isIdeographic(text.codePointAt(at));
  }

  private boolean isMark(int at) {
    return switch (Character.getType(text.codePointAt(at))) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }
}
