/**
 * The house model's tokenizer: byte pairs learnt from its training text and written as the {@code
 * tokenizer.json} that the Hugging Face library executes. It only learns and writes; encoding and
 * decoding are left to that library, as for anyone's model. Start with {@link
 * dev.refrain.connectors.house.tokenizer.BytePairTraining}.
 */
@NullMarked
package dev.refrain.connectors.house.tokenizer;

import org.jspecify.annotations.NullMarked;
