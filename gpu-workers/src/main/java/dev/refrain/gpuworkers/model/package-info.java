/**
 * The frozen models: a Hugging Face folder is checked, read and run as one program of the PyTorch
 * engine. Everything that generates is a causal language model with token embeddings in, final
 * hidden states and logits out, and a cache of keys and values beside; start with {@link
 * dev.refrain.gpuworkers.model.CausalLm}. Encoders give states of whole sequences, and some have a
 * decoder that reads these; start with {@link dev.refrain.gpuworkers.model.Encoder}.
 */
@NullMarked
package dev.refrain.gpuworkers.model;

import org.jspecify.annotations.NullMarked;
