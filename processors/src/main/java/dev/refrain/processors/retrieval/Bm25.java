package dev.refrain.processors.retrieval;

/**
 * The parameters of BM25 (Robertson et al., TREC-3), named as in the literature, and how much a
 * term counts in addition where it stands in a passage's title.
 *
 * <p>A passage scores BM25 over title and text together, plus {@code titleWeight} times BM25 over
 * the title alone, with the same k1 and b. A sum of scores of fields is a simplification:
 * Robertson, Zaragoza and Taylor (2004, Simple BM25 Extension to Multiple Weighted Fields) weight
 * frequencies and lengths before they saturate (BM25F), as terms that saturate in each field apart
 * count more often than they should. Here the first summand is whole and stays as it is for every
 * weight, so that a weight of 0 gives the figures published for BM25.
 *
 * @param k1 how slowly repeated terms saturate; finite and not negative
 * @param b how much long passages are discounted, from 0 to 1
 * @param titleWeight weight of the score of the title alone; finite and not negative
 */
public record Bm25(double k1, double b, double titleWeight) {
  /** The values of the papers and of Anserini: k1 = 0.9, b = 0.4; a title counts as text. */
  public static final Bm25 DEFAULT = new Bm25(0.9, 0.4, 0);

  /** Checks the ranges. */
  public Bm25 {
    requireFiniteAndNotNegative("k1", k1);
    if (!(b >= 0 && b <= 1)) {
      throw new IllegalArgumentException("b is " + b + "; it must lie between 0 and 1.");
    }
    requireFiniteAndNotNegative("titleWeight", titleWeight);
  }

  private static void requireFiniteAndNotNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          name + " is " + value + "; it must be finite and at least 0.");
    }
  }
}
