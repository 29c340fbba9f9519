package dev.refrain.topology.bench;

import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.schemas.avro.Candidate;
import dev.refrain.schemas.avro.Finish;
import dev.refrain.schemas.avro.Generate;
import dev.refrain.schemas.avro.Generated;
import dev.refrain.schemas.avro.Passage;
import dev.refrain.schemas.avro.Rerank;
import dev.refrain.schemas.avro.Reranked;
import dev.refrain.schemas.avro.WorkRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Both pools without a model: keeps the order of retrieval, and gives as many equal sequences as
 * are asked for, so that one pass suffices. Stateless.
 */
final class InstantPools implements PoolService {
  private static final int TOKENS = 8;
  private static final List<Integer> TOKEN_IDS = IntStream.range(0, TOKENS).boxed().toList();
  private static final List<Float> LOG_PROBABILITIES =
      IntStream.range(0, TOKENS).mapToObj(i -> -0.1f).toList();

  @Override
  public CompletableFuture<Outcome> submit(WorkRequest request) {
    return CompletableFuture.completedFuture(serve(request));
  }

  private static Outcome serve(WorkRequest request) {
    return switch (request.getWork()) {
      case Rerank rerank ->
          new Outcome.Done(
              new Reranked(rerank.getPassages().stream().map(Passage::getScore).toList()), 0);
      case Generate generate -> new Outcome.Done(generated(generate), 0);
      default -> new Outcome.Refused("No such work: " + request.getWork());
    };
  }

  private static Generated generated(Generate generate) {
    return new Generated(
        generate.getPrompt().length() / 4,
        IntStream.rangeClosed(0, generate.getSamples()).mapToObj(InstantPools::candidate).toList());
  }

  private static Candidate candidate(int number) {
    return new Candidate("an answer", TOKEN_IDS, LOG_PROBABILITIES, 0.1f, number == 0, Finish.STOP);
  }
}
