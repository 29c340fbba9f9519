/**
 * The stages of a question's way as Kafka Streams processors, thin around the functions of the
 * other packages; Avro records come in and go out here. Stages share stores and counters. Start
 * with {@link dev.refrain.processors.stages.AcceptQuestionProcessor}.
 */
@NullMarked
package dev.refrain.processors.stages;

import org.jspecify.annotations.NullMarked;
