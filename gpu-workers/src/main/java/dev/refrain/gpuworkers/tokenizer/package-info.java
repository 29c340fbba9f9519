/**
 * Text to token ids and back, with the tokenizer of a model's own folder. Needs no engine and no
 * weights in memory, so that whoever packs a prompt can count tokens exactly. Start with {@link
 * dev.refrain.gpuworkers.tokenizer.Tokenizer}.
 */
@NullMarked
package dev.refrain.gpuworkers.tokenizer;

import org.jspecify.annotations.NullMarked;
