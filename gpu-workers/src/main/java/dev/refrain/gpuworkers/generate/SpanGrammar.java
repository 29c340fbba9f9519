package dev.refrain.gpuworkers.generate;

import dev.refrain.gpuworkers.tokenizer.TokenTrie;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Which tokens lead from where to where in the sources of a {@link SpanConstraint}. Works on bytes,
 * not on the tokens of the prompt: after a prompt that ends in "Answer:" a word has other tokens
 * than at the beginning of a line. Knows from every position how many tokens are needed at least to
 * end, so that no sequence is led where it cannot end. Immutable.
 */
final class SpanGrammar {
  /** More tokens than any text has. */
  private static final int NEVER = Integer.MAX_VALUE / 2;

  private static final byte SPACE = ' ';

  private final TokenTrie trie;
  private final byte[] bytes;
  private final int[] ends;
  private final BitSet ending;
  private final BitSet stopping;
  private final int[] starts;
  private final BitSet alternative;
  private final double penalty;
  private final int[] stops;
  private final int[] stopTokens;
  private final int[] needed;

  /** Is given a token and the position that it leads to. */
  @FunctionalInterface
  interface Step {
    void to(int token, int position);
  }

  /**
   * A grammar.
   *
   * @param text the sources, alternatives and stop strings
   * @param stopTokens tokens that end a sequence
   * @param penalty of the alternatives, nats
   */
  SpanGrammar(TokenTrie trie, SpanText text, Set<Integer> stopTokens, double penalty) {
    this.trie = trie;
    this.bytes = text.bytes();
    this.ends = text.ends();
    this.ending = text.ending();
    this.stopping = text.stopping();
    this.starts = text.starting().stream().toArray();
    this.alternative = text.alternative();
    this.penalty = penalty;
    this.stops = stopping.stream().filter(at -> at == 0 || ends[at - 1] == at - 1).toArray();
    this.stopTokens = stopTokens.stream().mapToInt(Integer::intValue).sorted().toArray();
    this.needed = new int[bytes.length];
    for (int position = bytes.length - 1; position >= 0; position--) {
      needed[position] = fewest(position);
    }
  }

  /** A cursor at the beginning of a sequence. */
  SpanCursor begin() {
    return new SpanCursor(this);
  }

  /** Positions at which a sequence may begin. */
  int[] starts() {
    return starts;
  }

  /** Nats taken from the first token of an alternative. */
  double penalty() {
    return penalty;
  }

  /** Whether an alternative begins here. */
  boolean isAlternative(int position) {
    return alternative.get(position);
  }

  /** Whether a sequence that has come here may end. */
  boolean mayEnd(int position) {
    return ending.get(position);
  }

  /** Fewest tokens from here to an end; 0 at one. */
  int toEnd(int position) {
    boolean ended = ending.get(position) || (stopping.get(position) && ends[position] == position);
    return ended ? 0 : needed[position];
  }

  /** Fewest tokens from a start to an end, 1 or more. */
  int toEndFromStart() {
    return Arrays.stream(starts).map(start -> needed[start]).min().orElse(NEVER);
  }

  /** Gives the steps from a position, perhaps with a space before it in the token. */
  void steps(int position, boolean space, Step step) {
    int node = space ? trie.child(TokenTrie.ROOT, SPACE) : TokenTrie.ROOT;
    int at = position;
    while (node != TokenTrie.NONE && at < ends[position]) {
      node = trie.child(node, bytes[at++]);
      if (node != TokenTrie.NONE) {
        int landing = at;
        trie.tokensAt(node, token -> step.to(token, landing));
      }
    }
    if (node != TokenTrie.NONE && at > position && stopping.get(position)) {
      // What follows the stop string in a token is cut off with it.
      trie.tokensFrom(node, token -> step.to(token, ends[position]));
    }
  }

  /** Gives the tokens that are a space and nothing else. */
  void spaces(IntConsumer token) {
    int node = trie.child(TokenTrie.ROOT, SPACE);
    if (node != TokenTrie.NONE) {
      trie.tokensAt(node, token);
    }
  }

  /**
   * Gives the steps that end a sequence or begin to; stop tokens stay where they are.
   *
   * @param end where the sequence stands and may end
   */
  void stops(int end, Step step) {
    for (int token : stopTokens) {
      step.to(token, end);
    }
    for (int stop : stops) {
      steps(stop, false, step);
    }
  }

  private int fewest(int position) {
    int[] fewest = {NEVER};
    steps(position, false, (token, landing) -> fewest[0] = Math.min(fewest[0], 1 + toEnd(landing)));
    return fewest[0];
  }
}
