package dev.refrain.gpuworkers.pool;

/** Told what a worker does, on its threads. Must return at once and not throw. */
@FunctionalInterface
public interface WorkerListener {

  /**
   * Something happened.
   *
   * @param amount how often, or how much, 1 or more
   */
  void happened(WorkerEvent event, long amount);
}
