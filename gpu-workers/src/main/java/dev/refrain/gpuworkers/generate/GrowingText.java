package dev.refrain.gpuworkers.generate;

import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import java.util.Arrays;

/**
 * The text of a sequence that grows token by token. Tokens are decoded behind the tokens before
 * them, so that a leading space is neither lost nor invented, and held back while they end inside a
 * character of several bytes. Not thread-safe.
 *
 * <p>Source: text-generation-inference, {@code Model.decode_token} (prefix and read offsets).
 */
final class GrowingText {
  private static final char INCOMPLETE = '\uFFFD';

  /** Tokens of the prompt to decode behind: no character needs more. */
  private static final int LONGEST_CHARACTER = 4;

  private final Tokenizer tokenizer;
  private final StringBuilder text = new StringBuilder();
  private int[] tokens;
  private int size;
  private int prefix;
  private int read;

  /**
   * A text that continues a prompt.
   *
   * @param prompt its token ids; the text does not include them
   */
  GrowingText(Tokenizer tokenizer, int[] prompt) {
    this.tokenizer = tokenizer;
    this.tokens = Arrays.copyOf(prompt, prompt.length + 64);
    this.size = prompt.length;
    this.read = prompt.length;
    this.prefix = Math.max(0, prompt.length - LONGEST_CHARACTER);
  }

  /** Adds a token whose text is not looked at yet. */
  void add(int token) {
    if (size == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * size);
    }
    tokens[size++] = token;
  }

  /** Adds a token and returns the text so far, without an incomplete last character. */
  CharSequence append(int token) {
    add(token);
    String pending = pending();
    if (!pending.isEmpty() && pending.charAt(pending.length() - 1) != INCOMPLETE) {
      take(pending);
    }
    return text;
  }

  /** Takes what was held back, complete or not, and returns the whole text. */
  CharSequence finish() {
    take(pending());
    return text;
  }

  private String pending() {
    String before = decode(read);
    String all = decode(size);
    return all.length() > before.length() ? all.substring(before.length()) : "";
  }

  private void take(String pending) {
    if (!pending.isEmpty()) {
      text.append(pending);
      prefix = read;
      read = size;
    }
  }

  private String decode(int end) {
    return tokenizer.decode(Arrays.copyOfRange(tokens, prefix, end));
  }
}
