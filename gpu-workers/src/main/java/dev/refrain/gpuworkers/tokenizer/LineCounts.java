package dev.refrain.gpuworkers.tokenizer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Counts a text's tokens line by line, each distinct line once: prompts repeat their passages. Only
 * for tokenizers of which {@link LineBreaks} says that no token reaches over the end of a line.
 *
 * <p>A line in the midst of a text is counted behind a line break, because what begins a text may
 * get a token or a space of its own: {@code count("\n" + line) − count("\n")}. Safe for use by many
 * threads.
 */
final class LineCounts {
  /** Some 10 MB of passages of 100 words. */
  private static final int MOST_LINES = 10_000;

  private final ToIntFunction<String> tokens;
  private final int lineBreak;
  private final Map<String, Integer> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > MOST_LINES;
        }
      };

  /**
   * @param tokens counts the tokens of a whole text
   */
  LineCounts(ToIntFunction<String> tokens) {
    this.tokens = tokens;
    this.lineBreak = tokens.applyAsInt("\n");
  }

  /** Tokens of a text: what {@code tokens} would count. */
  int count(String text) {
    int end = endOfLine(text, 0);
    int count = tokens.applyAsInt(text.substring(0, end));
    while (end < text.length()) {
      int start = end;
      end = endOfLine(text, start);
      count += within(text.substring(start, end));
    }
    return count;
  }

  private int within(String line) {
    synchronized (counts) {
      Integer known = counts.get(line);
      if (known != null) {
        return known;
      }
    }
    int count = tokens.applyAsInt("\n" + line) - lineBreak;
    synchronized (counts) {
      counts.put(line, count);
    }
    return count;
  }

  /** Behind the line break of the line that begins here, or the end of the text. */
  private static int endOfLine(String text, int start) {
    int at = text.indexOf('\n', start);
    return at < 0 ? text.length() : at + 1;
  }
}
