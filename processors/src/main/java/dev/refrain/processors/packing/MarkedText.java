package dev.refrain.processors.packing;

import dev.refrain.processors.work.AnswerSpans.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with the parts of it that an answer may be taken from.
 *
 * @param text the text
 * @param marks the parts, in order
 */
record MarkedText(String text, List<Range> marks) {
  MarkedText {
    marks = List.copyOf(marks);
  }

  /** A text of which nothing is marked. */
  static MarkedText plain(String text) {
    return new MarkedText(text, List.of());
  }

  /** A text that is marked from its first to its last character. */
  static MarkedText whole(String text) {
    return new MarkedText(text, List.of(new Range(0, text.length())));
  }

  /** The texts one behind the other. */
  static MarkedText join(List<MarkedText> texts) {
    StringBuilder joined = new StringBuilder();
    List<Range> marks = new ArrayList<>();
    for (MarkedText text : texts) {
      text.marks().forEach(mark -> marks.add(mark.after(joined.length())));
      joined.append(text.text());
    }
    return new MarkedText(joined.toString(), marks);
  }
}
