package dev.refrain.topology.resilience;

import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.topology.serve.InstantPools;
import java.time.Duration;
import java.util.List;

/** Pools without a model that take a moment for each batch, so that something stays in flight. */
final class SlowPools implements PoolService {
  private static final Duration MOMENT = Duration.ofMillis(20);

  private final InstantPools instant = new InstantPools();

  @Override
  public List<Outcome> serve(List<WorkRequest> requests) {
    try {
      Thread.sleep(MOMENT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return instant.serve(requests);
  }
}
