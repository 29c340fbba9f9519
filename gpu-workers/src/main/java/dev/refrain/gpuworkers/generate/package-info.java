/**
 * How a frozen model continues prompts: greedy decoding and sampling over a causal language model.
 * Knows tokens and logits, nothing of topics or questions. Start with {@link
 * dev.refrain.gpuworkers.generate.Generator}.
 */
@NullMarked
package dev.refrain.gpuworkers.generate;

import org.jspecify.annotations.NullMarked;
