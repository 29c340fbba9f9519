package dev.refrain.topology.evaluate.reading;

import dev.refrain.processors.retrieval.Passage;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Shortens a paragraph that is too long for the model's context. Stateless. */
final class ParagraphCutter {
  private ParagraphCutter() {}

  /**
   * The whole paragraph if it fits; else as many of its first sentences as fit; else as many of its
   * first words, where that is none an empty text. The title stays.
   *
   * @param fits taken to hold for every beginning of a text for which it holds
   */
  static Passage cut(Passage whole, Predicate<Passage> fits) {
    if (fits.test(whole)) {
      return whole;
    }
    Passage sentences = longest(whole, BreakIterator.getSentenceInstance(Locale.ROOT), fits);
    return sentences.text().isEmpty()
        ? longest(whole, BreakIterator.getLineInstance(Locale.ROOT), fits)
        : sentences;
  }

  /** The longest beginning that fits and ends at a break; empty if none does. */
  private static Passage longest(Passage whole, BreakIterator breaks, Predicate<Passage> fits) {
    breaks.setText(whole.text());
    List<Integer> ends = new ArrayList<>();
    for (int end = breaks.first(); end != BreakIterator.DONE; end = breaks.next()) {
      ends.add(end);
    }
    int fitting = 0;
    int tooLong = ends.size() - 1;
    while (tooLong - fitting > 1) {
      int middle = (fitting + tooLong) / 2;
      if (fits.test(until(whole, ends.get(middle)))) {
        fitting = middle;
      } else {
        tooLong = middle;
      }
    }
    return until(whole, ends.get(fitting));
  }

  private static Passage until(Passage whole, int end) {
    return new Passage(whole.id(), whole.title(), whole.text().substring(0, end).strip());
  }
}
