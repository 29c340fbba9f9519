/**
 * How well the frozen model reads when the right passage is before it: questions with their gold
 * paragraphs, put to the model as the topology puts them, without brokers and without retrieval.
 * Start with {@link dev.refrain.topology.evaluate.reading.GoldReader}.
 */
@NullMarked
package dev.refrain.topology.evaluate.reading;

import org.jspecify.annotations.NullMarked;
