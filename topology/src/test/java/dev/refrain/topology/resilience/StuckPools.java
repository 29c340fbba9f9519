package dev.refrain.topology.resilience;

import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.schemas.avro.WorkRequest;
import java.util.concurrent.CompletableFuture;

/** Pools that serve some requests and never end those after them. Shared by workers. */
final class StuckPools implements PoolService {
  private final SlowPools slow = new SlowPools();
  private final int requests;
  private final Runnable onStuck;
  private int served;

  /**
   * @param requests how many to serve
   * @param onStuck called inside each that never ends
   */
  StuckPools(int requests, Runnable onStuck) {
    this.requests = requests;
    this.onStuck = onStuck;
  }

  @Override
  public synchronized CompletableFuture<Outcome> submit(WorkRequest request) {
    if (served >= requests) {
      onStuck.run();
      return new CompletableFuture<>();
    }
    served++;
    return slow.submit(request);
  }
}
