/**
 * Tunes the soft prompts of both passes on the very prompts that the topology makes, with
 * candidates that the first pass generates as a worker would. Start with {@link
 * dev.refrain.topology.prompts.HousePrompts}.
 */
@NullMarked
package dev.refrain.topology.prompts;

import org.jspecify.annotations.NullMarked;
