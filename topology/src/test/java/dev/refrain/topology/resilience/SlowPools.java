package dev.refrain.topology.resilience;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.topology.serve.InstantPools;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Pools without a model that take a moment for each request, so that something stays in flight. */
final class SlowPools implements PoolService {
  private static final Duration MOMENT = Duration.ofMillis(20);

  private final InstantPools instant = new InstantPools();

  @Override
  public CompletableFuture<Outcome> submit(WorkRequest request) {
    Executor later = CompletableFuture.delayedExecutor(MOMENT.toMillis(), MILLISECONDS);
    return CompletableFuture.supplyAsync(() -> null, later)
        .thenCompose(_ -> instant.submit(request));
  }
}
