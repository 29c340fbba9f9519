package dev.refrain.processors.retrieval.documents;

import java.io.IOException;

/** A corpus was given up at a line that holds no document. */
public final class BadLineException extends IOException {
  private static final long serialVersionUID = 1L;

  /** For the line that ended the reading. */
  public BadLineException(BadLine line) {
    super(line.toString());
  }
}
