package dev.refrain.topology.resilience;

import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.schemas.avro.WorkRequest;
import java.time.Duration;
import java.util.List;

/**
 * Pools that serve some requests and never come back from the batch after those. Shared by workers.
 */
final class StuckPools implements PoolService {
  private final SlowPools slow = new SlowPools();
  private final int requests;
  private final Runnable onStuck;
  private int served;

  /**
   * @param requests how many to serve at least
   * @param onStuck called inside the batch that never ends
   */
  StuckPools(int requests, Runnable onStuck) {
    this.requests = requests;
    this.onStuck = onStuck;
  }

  @Override
  public synchronized List<Outcome> serve(List<WorkRequest> batch) {
    if (served >= requests) {
      onStuck.run();
      try {
        Thread.sleep(Duration.ofDays(1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    served += batch.size();
    return slow.serve(batch);
  }
}
