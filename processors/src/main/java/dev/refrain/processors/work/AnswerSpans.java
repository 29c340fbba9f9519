package dev.refrain.processors.work;

import java.util.List;

/**
 * What an answer may be where it is held to spans: a run of whole words of one source, or one of
 * the alternatives.
 *
 * @param sources parts of the prompt
 * @param alternatives texts outside the prompt
 * @param penalty nats taken from the first token of an alternative, 0 or more
 */
public record AnswerSpans(List<Range> sources, List<String> alternatives, double penalty) {

  /**
   * A part of a text, in UTF-16 units.
   *
   * @param start of its first character, 0 or more
   * @param end behind its last character, {@code start} or more
   */
  public record Range(int start, int end) {
    public Range {
      if (start < 0 || end < start) {
        throw new IllegalArgumentException(
            "The range is [%d, %d), must have 0 <= start <= end".formatted(start, end));
      }
    }

    /** The same part where the text stands behind so many characters. */
    public Range after(int characters) {
      return new Range(start + characters, end + characters);
    }
  }

  public AnswerSpans {
    sources = List.copyOf(sources);
    alternatives = List.copyOf(alternatives);
  }
}
