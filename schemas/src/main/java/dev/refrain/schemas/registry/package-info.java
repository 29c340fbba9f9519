/**
 * Who knows the schemas: one port and its two implementations, the Confluent client for a real
 * registry and an in-process one for the embedded default. No serialization here. Start with {@link
 * dev.refrain.schemas.registry.SchemaRegistry}.
 */
@NullMarked
package dev.refrain.schemas.registry;

import org.jspecify.annotations.NullMarked;
