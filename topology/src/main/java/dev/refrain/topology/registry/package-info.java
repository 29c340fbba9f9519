/**
 * Opens the schema registry that the configuration names. What a registry is stands in {@code
 * schemas}. Start with {@link dev.refrain.topology.registry.Registries}.
 */
@NullMarked
package dev.refrain.topology.registry;

import org.jspecify.annotations.NullMarked;
