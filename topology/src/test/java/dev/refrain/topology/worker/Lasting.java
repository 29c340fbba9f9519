package dev.refrain.topology.worker;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.schemas.avro.Reranked;
import dev.refrain.schemas.avro.WorkRequest;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * A service that takes its time over each request, and notes the questions it was asked for.
 *
 * @param served safe for use by many threads
 */
record Lasting(Duration duration, Queue<String> served) implements PoolService {

  @Override
  public CompletableFuture<Outcome> submit(WorkRequest request) {
    served.add(request.getQuestionId());
    return new CompletableFuture<Outcome>()
        .completeOnTimeout(
            new Outcome.Done(new Reranked(List.of()), 0), duration.toMillis(), MILLISECONDS);
  }
}
