package dev.refrain.connectors.house.prose;

import java.util.List;

/**
 * A question and the sentence that is taken to answer it.
 *
 * @param words of the question
 * @param lower whether it was typed without any capital letter
 * @param sentence index in the passage
 * @param from first token of the answer in the sentence
 * @param to the token behind it
 */
record Supervised(
    List<Token> words, boolean lower, Passage passage, int sentence, int from, int to) {}
