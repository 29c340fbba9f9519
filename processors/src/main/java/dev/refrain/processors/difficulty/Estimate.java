package dev.refrain.processors.difficulty;

import dev.refrain.processors.question.Candidate;
import java.util.List;

/**
 * What is known after a pass.
 *
 * @param answer the leading answer; blank if the pass gave none
 * @param candidates all answers of the pass, the likeliest first
 * @param signals the signals of the leading answer
 */
public record Estimate(String answer, List<Candidate> candidates, Signals signals) {
  public Estimate {
    candidates = List.copyOf(candidates);
  }

  /** The same estimate of an answer that leads on to another passage, or does not. */
  public Estimate leading(boolean on) {
    return new Estimate(answer, candidates, signals.leading(on));
  }
}
