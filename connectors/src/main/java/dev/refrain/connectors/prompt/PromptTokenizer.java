package dev.refrain.connectors.prompt;

import java.util.function.Function;

/**
 * Tokens of texts; safe for use by many threads.
 *
 * @param start of a text at the start of a sequence, begin-of-sequence token included
 * @param within of a text that goes on
 */
public record PromptTokenizer(Function<String, int[]> start, Function<String, int[]> within) {}
