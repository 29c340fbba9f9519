package dev.refrain.processors.retrieval;

import java.util.List;

/** Finds the passages for a query. Safe for use by many threads. */
public interface Retriever {
  /**
   * The best passages for a query, best first; equal scores are ordered by passage id. Empty where
   * nothing matches.
   *
   * @param topK how many at most, at least 1
   * @throws java.io.UncheckedIOException if the index cannot be read
   */
  List<Hit> retrieve(String query, int topK);

  /**
   * Names what is searched now: two indexes with the same digest hold the same passages, analysed
   * alike, on whatever machine and day they were built.
   */
  String digest();
}
