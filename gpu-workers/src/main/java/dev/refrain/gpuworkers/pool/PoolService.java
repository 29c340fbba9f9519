package dev.refrain.gpuworkers.pool;

import dev.refrain.schemas.avro.WorkRequest;
import java.util.concurrent.CompletableFuture;

/**
 * What a pool can do. An outcome depends on nothing but its request, so that work done twice is
 * done alike. Safe for use by many threads.
 */
@FunctionalInterface
public interface PoolService {

  /**
   * Takes a request in, to be served beside those that already run. Returns soon: what lasts longer
   * than a small part of a lock's duration goes on elsewhere.
   *
   * @param request not past its deadline
   * @return the outcome to come; exceptional if something unexpected happened, whereupon the
   *     request is tried again alone, so that one bad request takes no neighbour along. Cancelling
   *     it asks for an early end
   */
  CompletableFuture<Outcome> submit(WorkRequest request);
}
