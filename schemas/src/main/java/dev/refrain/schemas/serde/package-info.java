/**
 * How records become bytes: the Confluent wire format on topics, Avro's single-object encoding in
 * state stores. No topic names here. Start with {@link dev.refrain.schemas.serde.TopicCodec}.
 */
@NullMarked
package dev.refrain.schemas.serde;

import org.jspecify.annotations.NullMarked;
