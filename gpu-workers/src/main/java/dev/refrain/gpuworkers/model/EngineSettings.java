package dev.refrain.gpuworkers.model;

/**
 * How the engine runs. The number of threads belongs to the process: the last model loaded sets it.
 *
 * @param threads threads inside one operation, 1 or more; results may differ in their last bits
 *     between numbers of threads
 */
public record EngineSettings(int threads) {
  public EngineSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is %d, must be 1 or more".formatted(threads));
    }
  }
}
