package dev.refrain.processors.retrieval.documents;

/** Says why a line holds no document; its message becomes the reason of a {@link BadLine}. */
final class MalformedLineException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedLineException(String reason) {
    super(reason);
  }
}
