package dev.refrain.gpuworkers.model;

/**
 * Memory that a loaded model takes outside the Java heap: {@code weights + cachePerToken · tokens}.
 * All numbers are held as 4-byte floats, however the files store them. So N parameters take 4·N
 * bytes, and the cache of one sequence 2·L·K·D·4 bytes for each token: a key and a value of D
 * numbers in each of K heads of each of L layers (arXiv:2211.05102, section 3.3). Activations and
 * rotary tables come on top; they are small beside these.
 *
 * @param weights bytes of the weights
 * @param cachePerToken bytes of keys and values of one token of one sequence; 0 for an encoder
 * @param contextLength tokens of the longest sequence; 0 where there is no bound
 */
public record MemoryNeed(long weights, long cachePerToken, int contextLength) {

  static MemoryNeed of(ModelShape shape, long parameters) {
    Integer contextLength = shape.contextLength();
    return new MemoryNeed(
        Float.BYTES * parameters, shape.cachePerToken(), contextLength == null ? 0 : contextLength);
  }

  /**
   * Bytes of the weights and the cache of one sequence that fills the context; of the weights alone
   * where there is no bound.
   */
  public long total() {
    return weights + cachePerToken * contextLength;
  }
}
