package dev.refrain.processors.relevance;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Cuts English text into sentences, and not behind an initial or the usual abbreviations. */
public final class Sentences {
  private static final Pattern NO_END =
      Pattern.compile("(^|.*[\\s(.])(\\p{Lu}|St|Mt|Mr|Mrs|Ms|Dr|Prof|No|Jr|Sr|vs|ca)\\.\\s*");

  private Sentences() {}

  /** The sentences of a text, in their order, without white space around them. */
  public static List<String> of(String text) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text);
    List<String> sentences = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      String sentence = text.substring(start, end);
      if (end == text.length() || !NO_END.matcher(sentence).matches()) {
        sentences.add(sentence.strip());
        start = end;
      }
    }
    return sentences;
  }
}
