/**
 * What travels: the table of topics. The records themselves are generated from {@code
 * src/main/avro}; how they are written is in {@code serde}, who knows their schemas in {@code
 * registry}. Start with {@link dev.refrain.schemas.Topics}.
 */
@NullMarked
package dev.refrain.schemas;

import org.jspecify.annotations.NullMarked;
