package dev.refrain.processors.retrieval;

/**
 * What came of a build.
 *
 * @param index what the new index holds
 * @param documents read
 * @param emptyDocuments read, but without a word to make a passage of
 * @param badLines passed over
 */
public record IndexReport(
    IndexStatistics index, long documents, long emptyDocuments, long badLines) {}
