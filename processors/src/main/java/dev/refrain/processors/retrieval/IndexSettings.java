package dev.refrain.processors.retrieval;

/**
 * How an index is built.
 *
 * @param passageWords words of a passage, at least 1; 0 keeps documents whole
 * @param threads that analyse passages beside the one that reads them, at least 1; what is found
 *     later does not depend on their number
 */
public record IndexSettings(int passageWords, int threads) {
  /** Passages of 100 words, as in DPR; one thread. */
  public static final IndexSettings DEFAULT = new IndexSettings(100, 1);

  /** Checks the ranges. */
  public IndexSettings {
    if (passageWords < 0) {
      throw new IllegalArgumentException(
          "A passage of " + passageWords + " words; give at least 1, or 0 for whole documents.");
    }
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " indexing threads; give at least 1.");
    }
  }

  /** The same with whole documents instead of passages, as BEIR evaluates them. */
  public IndexSettings withWholeDocuments() {
    return new IndexSettings(0, threads);
  }
}
