package dev.refrain.topology.serve;

import dev.refrain.connectors.words.WordVectors;
import dev.refrain.processors.relevance.WordLikeness;

/**
 * Word vectors as packing asks them.
 *
 * @param vectors what they are
 */
record VectorLikeness(WordVectors vectors) implements WordLikeness {
  @Override
  public double likeness(String word, String other) {
    return vectors.cosine(word, other);
  }

  @Override
  public double rarity(String word) {
    return vectors.rarity(word);
  }
}
