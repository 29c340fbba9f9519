/**
 * What a question goes through: retrieve, pack, estimate, decide, answer. Plain functions over
 * records, a package for each, and thin Kafka Streams processors around them in {@code stages}; no
 * neural engine, and no Avro but in {@code stages}, {@code records} and {@code work}. Start with
 * {@link dev.refrain.processors.stages.AcceptQuestionProcessor}, where a question comes in.
 */
@NullMarked
package dev.refrain.processors;

import org.jspecify.annotations.NullMarked;
