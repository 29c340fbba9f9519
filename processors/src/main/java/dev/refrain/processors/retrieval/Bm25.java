package dev.refrain.processors.retrieval;

/**
 * The two parameters of BM25 (Robertson et al., TREC-3), named as in the literature.
 *
 * @param k1 how slowly repeated terms saturate; finite and not negative
 * @param b how much long passages are discounted, from 0 to 1
 */
public record Bm25(double k1, double b) {
  /** The values of the papers and of Anserini: k1 = 0.9, b = 0.4. */
  public static final Bm25 DEFAULT = new Bm25(0.9, 0.4);

  /** Checks the ranges. */
  public Bm25 {
    if (!(k1 >= 0) || Double.isInfinite(k1)) {
      throw new IllegalArgumentException("k1 is " + k1 + "; it must be finite and at least 0.");
    }
    if (!(b >= 0 && b <= 1)) {
      throw new IllegalArgumentException("b is " + b + "; it must lie between 0 and 1.");
    }
  }
}
