package dev.refrain.processors.scoring;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Tells whether a passage contains one of a question's answers: DPR's {@code has_answer} with its
 * SimpleTokenizer ({@code dpr/data/qa_validation.py}). Both sides are decomposed canonically, cut
 * into runs of letters, numbers and marks and into single other characters that are neither
 * separators nor controls, and lower-cased; an answer must occur as contiguous tokens. An answer
 * without tokens occurs everywhere, as it does there. Immutable.
 */
public final class AnswerMatcher {
  private static final int IN_WORD =
      mask(
          Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK);
  private static final int NOTHING =
      mask(
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED);

  private final List<List<String>> answers;

  private AnswerMatcher(List<List<String>> answers) {
    this.answers = answers;
  }

  /** A matcher for the answers of one question; with none, it matches nothing. */
  public static AnswerMatcher of(Collection<String> answers) {
    return new AnswerMatcher(answers.stream().map(AnswerMatcher::tokens).toList());
  }

  /**
   * Whether one of the answers occurs.
   *
   * @param text of a passage, without its title
   */
  public boolean occursIn(String text) {
    return occursIn(tokens(text));
  }

  /**
   * Whether one of the answers occurs.
   *
   * @param tokens of a passage, for one that is looked at more than once
   */
  public boolean occursIn(List<String> tokens) {
    return answers.stream().anyMatch(answer -> Collections.indexOfSubList(tokens, answer) >= 0);
  }

  /**
   * False only where none of the answers occurs in a passage: a look at the characters, for most
   * passages hold none of them and need not be cut into tokens.
   *
   * @param text of a passage, without its title
   */
  public boolean mayOccurIn(String text) {
    return !isAscii(text) || answers.stream().anyMatch(answer -> mayOccur(answer, text));
  }

  /** An ASCII token of an answer stands in an ASCII text letter by letter, or not at all. */
  private static boolean mayOccur(List<String> answer, String text) {
    return answer.stream().allMatch(token -> containsIgnoringCase(text, token));
  }

  private static boolean containsIgnoringCase(String text, String token) {
    for (int at = 0; at + token.length() <= text.length(); at++) {
      if (text.regionMatches(true, at, token, 0, token.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  /** The tokens that are compared, in order. */
  public static List<String> tokens(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    List<String> tokens = new ArrayList<>();
    int at = 0;
    while (at < decomposed.length()) {
      int end = endOfToken(decomposed, at);
      if (end > at) {
        tokens.add(LowerCase.of(decomposed.substring(at, end)));
      }
      at = end > at ? end : at + Character.charCount(decomposed.codePointAt(at));
    }
    return tokens;
  }

  /** Where the token that begins here ends; here, if none does. */
  private static int endOfToken(String text, int start) {
    int at = start;
    while (at < text.length() && is(IN_WORD, text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    if (at > start || is(NOTHING, text.codePointAt(at))) {
      return at;
    }
    return at + Character.charCount(text.codePointAt(at));
  }

  private static boolean is(int types, int codePoint) {
    return (types >>> Character.getType(codePoint) & 1) != 0;
  }

  private static int mask(byte... types) {
    int mask = 0;
    for (byte type : types) {
      mask |= 1 << type;
    }
    return mask;
  }
}
