package dev.refrain.processors.retrieval.documents;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The documents of one file, one after another. Not safe for use by many threads. */
interface DocumentReader extends AutoCloseable {
  /**
   * The next document, or null after the last.
   *
   * @throws BadLineException if a bad line ends the reading
   * @throws IOException if the file cannot be read
   */
  @Nullable Document next() throws IOException;

  @Override
  void close() throws IOException;
}
