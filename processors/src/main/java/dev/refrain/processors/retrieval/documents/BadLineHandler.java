package dev.refrain.processors.retrieval.documents;

/** What happens to a line that holds no document: give up by throwing, or go on by returning. */
@FunctionalInterface
public interface BadLineHandler {
  /** Gives up at the first bad line. */
  BadLineHandler FAIL =
      line -> {
        throw new BadLineException(line);
      };

  /**
   * Called once for each bad line, in the order of the corpus.
   *
   * @throws BadLineException to give up the corpus here
   */
  void onBadLine(BadLine line) throws BadLineException;
}
