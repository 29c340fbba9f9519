package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.engine.TorchDevice;

/**
 * Memory that a loaded model takes on its device, outside the Java heap: {@code weights +
 * cachePerToken · tokens}. In float N parameters take 4·N bytes, however the files store them, and
 * the cache of one sequence 2·L·K·D·4 bytes for each token: a key and a value of D numbers in each
 * of K heads of each of L layers (arXiv:2211.05102, section 3.3). On the processor other precisions
 * make matrices smaller that positions are multiplied with, on a card everything. Activations and
 * rotary tables come on top; they are small beside these.
 *
 * @param weights bytes of the weights
 * @param cachePerToken bytes of keys and values of one token of one sequence; 0 for an encoder
 * @param contextLength tokens of the longest sequence; 0 where there is no bound
 */
public record MemoryNeed(long weights, long cachePerToken, int contextLength) {

  /**
   * What a decoder takes.
   *
   * @throws IllegalArgumentException if the precision is not for the device
   */
  static MemoryNeed of(ModelConfig config, Precision precision, TorchDevice device) {
    Products products = precision.products(device);
    return new MemoryNeed(
        DecoderWeights.of(config).stream()
            .mapToLong(weight -> bytes(weight, config, products))
            .sum(),
        DecoderKvCache.bytes(config, 1, 1, products.positions())
            / (1 + DecoderProgram.spare(config)),
        config.contextLength());
  }

  /** A tied embedding counts where it is multiplied with; as a table it stays in its file. */
  private static long bytes(DecoderWeights.Weight weight, ModelConfig config, Products products) {
    if (weight.tied()) {
      return 0;
    }
    boolean matrix =
        weight.slot().product() || (weight.slot() == Slot.EMBEDDING && config.tiedEmbeddings());
    if (matrix) {
      return weight.size() * products.matrixBytes() + weight.shape()[0] * products.scaleBytes();
    }
    return weight.size() * products.positions().bytes();
  }

  /** What an encoder takes, or an encoder with its decoder: all in float on the processor. */
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
