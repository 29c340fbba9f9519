package dev.refrain.connectors.rerank;

import java.util.List;

/**
 * Keeps the order of retrieval: gives each passage its retrieval score, lowered where it would
 * overtake a passage before it, so that a stable sort changes nothing.
 */
public final class IdentityReranker implements Reranker {

  @Override
  public double[] score(String question, List<RetrievedPassage> passages) {
    double[] scores = new double[passages.size()];
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < scores.length; i++) {
      lowest = Math.min(lowest, passages.get(i).score());
      scores[i] = lowest;
    }
    return scores;
  }
}
