package dev.refrain.gpuworkers.generate;

import java.util.List;

/**
 * What a sequence may say: a run of whole words of one source, perhaps after a space, or one of the
 * alternatives. A run holds no stop string; it ends where a stop token or stop string follows, or
 * at the most tokens, before which it is led to the end of a word. A word is a run of letters,
 * digits and marks, with a "." or "," between digits and an apostrophe between letters; an
 * ideograph is a word of its own. A run also may begin or end with another character that stands
 * next to white space, as a currency sign does.
 *
 * @param sources parts of the prompt
 * @param alternatives texts outside the prompt, none empty
 * @param penalty nats taken from the logit of a first token that leads to alternatives alone, 0 or
 *     more: their odds are divided by its exponential
 */
public record SpanConstraint(List<Range> sources, List<String> alternatives, double penalty) {

  /** A constraint whose alternatives are as likely as the model says. */
  public SpanConstraint(List<Range> sources, List<String> alternatives) {
    this(sources, alternatives, 0);
  }

  /**
   * A part of the prompt.
   *
   * @param start of its first character, 0 or more, counted as in {@link String#charAt}
   * @param end behind its last character, {@code start} or more
   */
  public record Range(int start, int end) {
    public Range {
      if (start < 0 || end < start) {
        throw new IllegalArgumentException(
            "the span source is [%d, %d), must have 0 <= start <= end".formatted(start, end));
      }
    }
  }

  public SpanConstraint {
    sources = List.copyOf(sources);
    alternatives = List.copyOf(alternatives);
    if (alternatives.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "alternatives is %s, must be texts, none empty".formatted(alternatives));
    }
    if (!(penalty >= 0 && Double.isFinite(penalty))) {
      throw new IllegalArgumentException(
          "penalty is %s, must be a number, 0 or more".formatted(penalty));
    }
  }

  /**
   * The texts of the sources.
   *
   * @throws IllegalArgumentException if a source ends behind the prompt
   */
  List<String> sourcesOf(String prompt) {
    for (Range source : sources) {
      if (source.end() > prompt.length()) {
        throw new IllegalArgumentException(
            "the span source is [%d, %d), must end within the prompt's %d characters"
                .formatted(source.start(), source.end(), prompt.length()));
      }
    }
    return sources.stream().map(source -> prompt.substring(source.start(), source.end())).toList();
  }
}
