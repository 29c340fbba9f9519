package dev.refrain.connectors.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts a paragraph into its sentences. */
public final class Sentences {
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "st", "mt", "jr", "sr", "prof", "rev", "gen", "col", "lt",
          "capt", "sgt", "no", "vs", "inc", "ltd", "co", "corp", "ca", "approx", "etc", "fl", "ft");

  private Sentences() {}

  /** The sentences in their order, without the blanks between them. */
  public static List<String> of(String paragraph) {
    List<String> sentences = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < paragraph.length(); i++) {
      char c = paragraph.charAt(i);
      boolean end = c == '.' || c == '!' || c == '?';
      if (end && isEnd(paragraph, start, i)) {
        sentences.add(paragraph.substring(start, i + 1).strip());
        start = i + 1;
      }
    }
    if (!paragraph.substring(start).isBlank()) {
      sentences.add(paragraph.substring(start).strip());
    }
    return sentences;
  }

  private static boolean isEnd(String text, int start, int i) {
    int next = i + 1;
    if (next < text.length() && text.charAt(next) != ' ') {
      return false;
    }
    while (next < text.length() && text.charAt(next) == ' ') {
      next++;
    }
    if (next < text.length() && !Character.isUpperCase(text.charAt(next))) {
      return false;
    }
    if (text.charAt(i) != '.') {
      return true;
    }
    int word = i;
    while (word > start && Character.isLetter(text.charAt(word - 1))) {
      word--;
    }
    String last = text.substring(word, i);
    boolean initial = last.length() == 1 && Character.isUpperCase(last.charAt(0));
    boolean dotted = word > start && text.charAt(word - 1) == '.';
    return !initial && !dotted && !isAbbreviation(last);
  }

  /** Whether a word, without its dot, is one that is written with a dot, in whatever letters. */
  public static boolean isAbbreviation(String word) {
    return ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
  }
}
