package dev.refrain.processors.retrieval.documents;

import java.nio.file.Path;

/**
 * One file of a corpus.
 *
 * @param path where it is
 * @param name its path below the corpus, with forward slashes; the id of a text file's document
 * @param format how to read it
 * @param bytes its size on disk, compressed if it is
 */
public record CorpusFile(Path path, String name, DocumentFormat format, long bytes) {}
