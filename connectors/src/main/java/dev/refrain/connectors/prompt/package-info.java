/**
 * Soft prompts: learned vectors in front of a frozen model's embeddings (METHODS 1;
 * giant-frozen-lms, section 2), how they are tuned, stored and attached. The model they stand in
 * front of never changes. Start with {@link dev.refrain.connectors.prompt.SoftPrompt}.
 */
@NullMarked
package dev.refrain.connectors.prompt;

import org.jspecify.annotations.NullMarked;
