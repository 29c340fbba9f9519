package dev.refrain.processors.retrieval;

/**
 * What an index holds.
 *
 * @param digest of the passages and their analysis, see {@link Retriever#digest}
 * @param passages number of passages
 * @param terms number of terms after analysis, repetitions counted
 * @param passageWords length at which documents were cut; 0 where they were kept whole
 */
public record IndexStatistics(String digest, long passages, long terms, int passageWords) {}
