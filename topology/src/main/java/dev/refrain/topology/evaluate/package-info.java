/**
 * Grades how questions ended against their accepted answers: exact match, F1, recall at the
 * reader's input, passes and latencies. Asks nobody itself. Start with {@link
 * dev.refrain.topology.evaluate.Graded}.
 */
@NullMarked
package dev.refrain.topology.evaluate;

import org.jspecify.annotations.NullMarked;
