package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.text.Sentences;
import java.util.ArrayList;
import java.util.List;

/** Cuts sentences into words, numbers and marks. */
final class Splitter {
  private Splitter() {}

  /** A piece of a sentence: its text and whether a blank stands before it. */
  record Piece(String text, boolean gap) {}

  static List<Piece> pieces(String sentence) {
    List<Piece> pieces = new ArrayList<>();
    int i = 0;
    boolean gap = false;
    while (i < sentence.length()) {
      char c = sentence.charAt(i);
      if (c == ' ') {
        gap = true;
        i++;
        continue;
      }
      int end = i + 1;
      if (Character.isLetter(c)) {
        end = wordEnd(sentence, i);
      } else if (Character.isDigit(c)) {
        end = numberEnd(sentence, i);
      } else if (c == '\'' && sentence.startsWith("'s", i) && !isLetter(sentence, i + 2)) {
        end = i + 2;
      }
      pieces.add(new Piece(sentence.substring(i, end), gap));
      gap = false;
      i = end;
    }
    return pieces;
  }

  private static int wordEnd(String s, int start) {
    int end = start;
    while (end < s.length()) {
      boolean inner =
          s.charAt(end) == '\''
              && isLetter(s, end + 1)
              && !(s.startsWith("'s", end) && !isLetter(s, end + 2));
      if (!Character.isLetter(s.charAt(end)) && !inner) {
        break;
      }
      end++;
    }
    if (end < s.length() && s.charAt(end) == '.') {
      if (end == start + 1 && Character.isUpperCase(s.charAt(start))) {
        return initialsEnd(s, start);
      }
      if (Sentences.isAbbreviation(s.substring(start, end)) && end + 1 < s.length()) {
        return end + 1;
      }
    }
    return end;
  }

  /** The end of "J.", "U.S.", "A.F.C."; a dot that ends the sentence stays outside. */
  private static int initialsEnd(String s, int start) {
    int end = start;
    while (end + 1 < s.length()
        && Character.isUpperCase(s.charAt(end))
        && s.charAt(end + 1) == '.') {
      end += 2;
    }
    return end == s.length() && end - start == 2 ? end - 1 : end;
  }

  private static int numberEnd(String s, int start) {
    int end = start;
    while (end < s.length()) {
      char c = s.charAt(end);
      boolean inner =
          (c == '.' || c == ',') && end + 1 < s.length() && Character.isDigit(s.charAt(end + 1));
      if (!Character.isDigit(c) && !inner) {
        break;
      }
      end++;
    }
    for (String suffix : List.of("st", "nd", "rd", "th", "s")) {
      if (s.startsWith(suffix, end) && !isLetter(s, end + suffix.length())) {
        return end + suffix.length();
      }
    }
    return end;
  }

  private static boolean isLetter(String s, int i) {
    return i < s.length() && Character.isLetter(s.charAt(i));
  }
}
