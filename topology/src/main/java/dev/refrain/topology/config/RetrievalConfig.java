package dev.refrain.topology.config;

import dev.refrain.processors.retrieval.Bm25;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code retrieval}: how passages are found.
 *
 * @param index folder that {@code refrain index} wrote; null if not set
 * @param k1 BM25's saturation of term frequency, 0 or more
 * @param b BM25's normalisation by length, in [0, 1]
 * @param titleWeight weight of BM25 over the title alone, beside title and text together, 0 or more
 * @param topK passages retrieved for a question, in [1, 1000]
 */
public record RetrievalConfig(
    @Nullable Path index, double k1, double b, double titleWeight, int topK) {

  public RetrievalConfig {
    Require.that(k1 >= 0 && Double.isFinite(k1), "k1", k1, "0 or more");
    Require.that(b >= 0 && b <= 1, "b", b, "in [0, 1]");
    Require.that(
        titleWeight >= 0 && Double.isFinite(titleWeight), "titleWeight", titleWeight, "0 or more");
    Require.that(topK >= 1 && topK <= 1000, "topK", topK, "in [1, 1000]");
  }

  /** How passages are scored. */
  public Bm25 bm25() {
    return new Bm25(k1, b, titleWeight);
  }

  /**
   * The folder of the index.
   *
   * @throws ConfigurationException if none is set
   */
  public Path requiredIndex() {
    if (index == null) {
      throw new ConfigurationException(
          "No index: give --index DIR or set retrieval.index to a folder that `refrain index` wrote.");
    }
    return index;
  }
}
