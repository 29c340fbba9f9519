/**
 * What is frozen: {@code model} runs a Hugging Face folder, {@code generate} continues prompts with
 * it, {@code tokenizer} counts as it does, and {@code pool} serves work from a topic. Nothing here
 * knows what a question is, or what is attached to a model. Start with {@link
 * dev.refrain.gpuworkers.generate.LanguageModel}, and with {@link
 * dev.refrain.gpuworkers.pool.Worker} for what runs around it.
 */
@NullMarked
package dev.refrain.gpuworkers;

import org.jspecify.annotations.NullMarked;
