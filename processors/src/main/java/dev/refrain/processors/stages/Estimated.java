package dev.refrain.processors.stages;

import dev.refrain.processors.difficulty.Estimate;
import dev.refrain.processors.question.PendingQuestion;

/**
 * A question whose difficulty is estimated, on its way to decide-pass.
 *
 * @param pending the question
 * @param estimate what is known after the pass
 */
public record Estimated(PendingQuestion pending, Estimate estimate) {}
