/**
 * Where Avro records become the words of this room and back. Nothing is decided here. Start with
 * {@link dev.refrain.processors.records.Records}.
 */
@NullMarked
package dev.refrain.processors.records;

import org.jspecify.annotations.NullMarked;
