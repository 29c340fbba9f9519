/**
 * Vectors of texts: a tokenizer, a frozen encoder and what makes one vector of its states, as the
 * library sentence-transformers stores them together. It holds no network of its own and trains
 * nothing. Start with {@link dev.refrain.gpuworkers.encode.SentenceEncoder}.
 */
@NullMarked
package dev.refrain.gpuworkers.encode;

import org.jspecify.annotations.NullMarked;
