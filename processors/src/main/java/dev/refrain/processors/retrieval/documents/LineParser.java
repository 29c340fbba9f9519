package dev.refrain.processors.retrieval.documents;

import org.jspecify.annotations.Nullable;

/** Reads a document from the bytes of one line. */
@FunctionalInterface
interface LineParser {
  /**
   * The document of a line, or null where the line is none by right, such as a header.
   *
   * @throws MalformedLineException if the line should be a document and is none
   */
  @Nullable Document parse(byte[] bytes, int offset, int length) throws MalformedLineException;
}
