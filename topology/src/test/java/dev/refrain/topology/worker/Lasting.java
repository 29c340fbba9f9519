package dev.refrain.topology.worker;

import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.schemas.avro.Reranked;
import dev.refrain.schemas.avro.WorkRequest;
import java.time.Duration;
import java.util.List;
import java.util.Queue;

/**
 * A service that takes its time over each batch, and notes the questions it was asked for.
 *
 * @param served safe for use by many threads
 */
record Lasting(Duration duration, Queue<String> served) implements PoolService {

  @Override
  public List<Outcome> serve(List<WorkRequest> requests) {
    requests.forEach(request -> served.add(request.getQuestionId()));
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
    return requests.stream()
        .<Outcome>map(request -> new Outcome.Done(new Reranked(List.of()), 0))
        .toList();
  }
}
