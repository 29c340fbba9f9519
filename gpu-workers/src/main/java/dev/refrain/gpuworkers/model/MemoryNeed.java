package dev.refrain.gpuworkers.model;

/**
 * Memory that a loaded model takes outside the Java heap: {@code weights + cachePerToken · tokens}.
 * All numbers are held as 4-byte floats, however the files store them. So N parameters take 4·N
 * bytes, and the cache of one sequence 2·L·K·D·4 bytes for each token: a key and a value of D
 * numbers in each of K heads of each of L layers (arXiv:2211.05102, section 3.3). Activations and
 * rotary tables come on top; they are small beside these.
 *
 * @param weights bytes of the weights
 * @param cachePerToken bytes of keys and values of one token of one sequence
 * @param contextLength tokens of the longest sequence
 */
public record MemoryNeed(long weights, long cachePerToken, int contextLength) {

  static MemoryNeed of(ModelConfig config, long parameters) {
    return new MemoryNeed(
        Float.BYTES * parameters,
        2L * config.numLayers() * config.numKvHeads() * config.headSize() * Float.BYTES,
        config.contextLength());
  }

  /** Bytes of the weights and the cache of one sequence that fills the context. */
  public long total() {
    return weights + cachePerToken * contextLength;
  }
}
