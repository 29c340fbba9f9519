package dev.refrain.gpuworkers.generate;

import java.util.BitSet;

/**
 * Where one sequence stands in the sources: all positions that its text so far may have come to.
 * Not thread-safe.
 */
final class SpanCursor {
  private final SpanGrammar grammar;
  private int[] live;
  private boolean fresh = true;
  private boolean empty = true;

  /** A cursor before the first token. */
  SpanCursor(SpanGrammar grammar) {
    this.grammar = grammar;
    this.live = grammar.starts();
  }

  /**
   * The tokens that may come next.
   *
   * @param room most tokens that may still be taken, 1 or more; a token is left out if the sequence
   *     could not end within them
   * @return ids in rising order; none where nothing may follow
   */
  int[] allowed(int room) {
    BitSet tokens = new BitSet();
    follow(
        (token, position) -> {
          if (grammar.toEnd(position) < room) {
            tokens.set(token);
          }
        });
    if (fresh && grammar.toEndFromStart() < room) {
      grammar.spaces(tokens::set);
    }
    return tokens.stream().toArray();
  }

  /** The model's distribution among the tokens that may come next, alternatives penalised. */
  NextToken weigh(NextToken next, int[] allowed) {
    return next.among(allowed, declining(), grammar.penalty());
  }

  /** The tokens that would begin an alternative and nothing else; none once a word is said. */
  private BitSet declining() {
    BitSet declining = new BitSet();
    BitSet saying = new BitSet();
    if (empty && grammar.penalty() > 0) {
      for (int position : live) {
        BitSet tokens = grammar.isAlternative(position) ? declining : saying;
        grammar.steps(position, false, (token, _) -> tokens.set(token));
        if (fresh) {
          grammar.steps(position, true, (token, _) -> tokens.set(token));
        }
      }
      declining.andNot(saying);
    }
    return declining;
  }

  /** Takes one of the tokens that may come next. */
  void take(int taken) {
    BitSet next = new BitSet();
    follow(
        (token, position) -> {
          if (token == taken) {
            next.set(position);
          }
        });
    if (next.isEmpty()) {
      // A space alone: every start is still open, but nothing has been said.
      fresh = false;
      return;
    }
    live = next.stream().toArray();
    fresh = false;
    empty = false;
  }

  private void follow(SpanGrammar.Step step) {
    int end = -1;
    for (int position : live) {
      grammar.steps(position, false, step);
      if (fresh) {
        grammar.steps(position, true, step);
      }
      if (!empty && grammar.mayEnd(position)) {
        end = position;
      }
    }
    if (end >= 0) {
      grammar.stops(end, step);
    }
  }
}
