package dev.refrain.gpuworkers.pool;

import dev.refrain.schemas.avro.WorkRequest;
import java.util.List;

/**
 * What a pool can do. An outcome depends on nothing but its request, so that work done twice is
 * done alike. Called by one thread at a time; an interrupt asks for an early end.
 */
public interface PoolService {

  /**
   * Serves several requests together.
   *
   * @param requests one or more, none past its deadline
   * @return one outcome a request, in the same order
   * @throws RuntimeException if something unexpected happened; the requests are then tried one by
   *     one, so that one bad request takes no neighbour along
   */
  List<Outcome> serve(List<WorkRequest> requests);
}
