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
 * @param cachePerToken bytes of keys and values of one token of one sequence
 * @param contextLength tokens of the longest sequence
 */
public record MemoryNeed(long weights, long cachePerToken, int contextLength) {

  /**
   * What a model takes.
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

  /** Bytes of the weights and the cache of one sequence that fills the context. */
  public long total() {
    return weights + cachePerToken * contextLength;
  }
}
