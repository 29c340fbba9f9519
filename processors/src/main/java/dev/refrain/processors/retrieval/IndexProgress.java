package dev.refrain.processors.retrieval;

/**
 * How far a build has come.
 *
 * @param bytesRead of the corpus, compressed where it is
 * @param bytesTotal of the corpus
 * @param documents read
 * @param passages handed on to be indexed
 * @param badLines passed over
 */
public record IndexProgress(
    long bytesRead, long bytesTotal, long documents, long passages, long badLines) {}
