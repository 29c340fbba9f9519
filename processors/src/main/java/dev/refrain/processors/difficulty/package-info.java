/**
 * How hard a question was for the pass it had: signals that cost no extra call. Decides nothing.
 * Start with {@link dev.refrain.processors.difficulty.DifficultyEstimator}.
 */
@NullMarked
package dev.refrain.processors.difficulty;

import org.jspecify.annotations.NullMarked;
