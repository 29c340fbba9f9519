package dev.refrain.processors.stages;

import dev.refrain.processors.difficulty.Sample;
import dev.refrain.processors.question.PendingQuestion;
import java.util.List;

/**
 * A question whose pass is over, on its way to estimate-difficulty.
 *
 * @param pending the question, the pass in its cost
 * @param sequences what was generated, the greedy sequence first
 */
public record Passed(PendingQuestion pending, List<Sample> sequences) {
  public Passed {
    sequences = List.copyOf(sequences);
  }
}
