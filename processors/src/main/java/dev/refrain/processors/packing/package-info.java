/**
 * How ranked passages become a prompt of an exact number of tokens. Knows no model, only a token
 * counter. Start with {@link dev.refrain.processors.packing.ContextPacker}.
 */
@NullMarked
package dev.refrain.processors.packing;

import org.jspecify.annotations.NullMarked;
