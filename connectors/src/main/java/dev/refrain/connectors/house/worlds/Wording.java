package dev.refrain.connectors.house.worlds;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * One wording of a sentence, question or noun phrase: text with slots in braces, such as "{S} rises
 * on {O}."
 *
 * @param parts literal texts and slots, in order; a slot keeps its opening brace only
 * @param stems first letters of the words that carry meaning
 */
record Wording(List<String> parts, Set<String> stems) {
  private static final int STEM = 4;
  private static final Pattern WORDS = Pattern.compile("[^a-z]+");
  private static final Set<String> EMPTY_WORDS =
      Set.of(
          ("the and for from into with that this its his her what which who whom whose when where "
                  + "how many much does did was were are has have had there been also about not "
                  + "name tell give called they them than more over some one can you know")
              .split(" "));

  /** Every wording of a line, in which {@code (a|b|)} stands for one of a, b and nothing. */
  static List<Wording> expand(String line) {
    int open = -1;
    for (int close = line.indexOf(')'); close >= 0; close = line.indexOf(')', close + 1)) {
      open = line.lastIndexOf('(', close);
      if (open >= 0 && line.substring(open, close).indexOf('|') >= 0) {
        List<Wording> wordings = new ArrayList<>();
        for (String choice : line.substring(open + 1, close).split("\\|", -1)) {
          wordings.addAll(expand(line.substring(0, open) + choice + line.substring(close + 1)));
        }
        return wordings;
      }
    }
    return List.of(of(line));
  }

  static Wording of(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
      if (open > from) {
        parts.add(text.substring(from, open));
      }
      int close = text.indexOf('}', open);
      parts.add(text.substring(open, close));
      from = close + 1;
    }
    if (from < text.length()) {
      parts.add(text.substring(from));
    }
    return new Wording(List.copyOf(parts), stems(parts));
  }

  private static Set<String> stems(List<String> parts) {
    Set<String> stems = new LinkedHashSet<>();
    for (String part : parts) {
      if (part.startsWith("{")) {
        continue;
      }
      for (String word : WORDS.split(part.toLowerCase(Locale.ROOT), -1)) {
        if (word.length() > 2 && !EMPTY_WORDS.contains(word)) {
          stems.add(word.substring(0, Math.min(STEM, word.length())));
        }
      }
    }
    return Set.copyOf(stems);
  }

  /** Whether the text begins with this slot. */
  boolean startsWith(String slot) {
    return parts.getFirst().equals(slot);
  }

  /** How many times the slot occurs. */
  long count(String slot) {
    return parts.stream().filter(slot::equals).count();
  }

  /** Whether the slot occurs. */
  boolean has(String slot) {
    return parts.contains(slot);
  }

  /** The share of this wording's stems that the others have too; 0 where it has none. */
  double overlap(Set<String> others) {
    return stems.isEmpty()
        ? 0
        : (double) stems.stream().filter(others::contains).count() / stems.size();
  }

  /**
   * The text with its slots filled; {@code a} before a slot becomes {@code an} where it must. Not
   * capitalised.
   */
  String fill(UnaryOperator<String> slots) {
    return fill(0, slots);
  }

  /** As {@link #fill(UnaryOperator)}, from the given part on. */
  String fill(int first, UnaryOperator<String> slots) {
    StringBuilder text = new StringBuilder();
    for (String part : parts.subList(first, parts.size())) {
      if (!part.startsWith("{")) {
        text.append(part);
        continue;
      }
      String filler = slots.apply(part);
      if (English.wantsAn(filler) && English.endsWithA(text)) {
        text.insert(text.length() - 1, 'n');
      } else if (English.isDate(filler)) {
        English.inToOn(text);
      }
      text.append(filler);
    }
    return text.toString();
  }
}
