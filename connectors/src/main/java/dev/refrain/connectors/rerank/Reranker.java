package dev.refrain.connectors.rerank;

import java.util.List;

/** Scores passages for a question. The scores depend on nothing else. One thread at a time. */
@FunctionalInterface
public interface Reranker {

  /**
   * Scores every passage.
   *
   * @param passages in the order of retrieval; may be empty
   * @return one score a passage, in the same order; higher is better, equal scores keep the order
   */
  double[] score(String question, List<RetrievedPassage> passages);
}
