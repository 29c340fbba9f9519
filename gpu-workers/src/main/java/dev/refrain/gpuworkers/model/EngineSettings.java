package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.engine.TorchDevice;

/**
 * How the engine runs. The number of threads belongs to the process: the last model loaded sets it.
 *
 * @param threads threads inside one operation, 1 or more; results may differ in their last bits
 *     between numbers of threads
 * @param batching which sequences share a matrix product
 * @param kvMemory most bytes of keys and values of all requests together, 1 or more; those of soft
 *     prompts come on top
 * @param prefillChunk most tokens of prompts that are read in one step, 1 or more
 * @param maxSequences most sequences that are in memory at once, 1 or more
 * @param precision of the products with weights
 * @param device where weights, keys and values are and the model computes
 */
public record EngineSettings(
    int threads,
    Batching batching,
    long kvMemory,
    int prefillChunk,
    int maxSequences,
    Precision precision,
    TorchDevice device) {
  /** 4 GiB. */
  public static final long DEFAULT_KV_MEMORY = 4L << 30;

  public static final int DEFAULT_PREFILL_CHUNK = 256;
  public static final int DEFAULT_MAX_SEQUENCES = 64;

  public EngineSettings {
    positive(threads, "threads");
    positive(kvMemory, "kvMemory");
    positive(prefillChunk, "prefillChunk");
    positive(maxSequences, "maxSequences");
  }

  /** In float on the processor. */
  public EngineSettings(
      int threads, Batching batching, long kvMemory, int prefillChunk, int maxSequences) {
    this(threads, batching, kvMemory, prefillChunk, maxSequences, Precision.FP32, TorchDevice.CPU);
  }

  /** Exact batching, with the other settings as they usually are. */
  public EngineSettings(int threads) {
    this(threads, Batching.EXACT, DEFAULT_KV_MEMORY, DEFAULT_PREFILL_CHUNK, DEFAULT_MAX_SEQUENCES);
  }

  /** The same in another precision. */
  public EngineSettings with(Precision other) {
    return new EngineSettings(
        threads, batching, kvMemory, prefillChunk, maxSequences, other, device);
  }

  /** The same elsewhere. */
  public EngineSettings on(TorchDevice other) {
    return new EngineSettings(
        threads, batching, kvMemory, prefillChunk, maxSequences, precision, other);
  }

  Products products() {
    return precision.products(device);
  }

  private static void positive(long value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException("%s is %d, must be 1 or more".formatted(name, value));
    }
  }
}
