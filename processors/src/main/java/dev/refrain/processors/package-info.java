/**
 * What a question goes through: plain functions over records, each with a thin Kafka Streams
 * processor beside it.
 */
@NullMarked
package dev.refrain.processors;

import org.jspecify.annotations.NullMarked;
