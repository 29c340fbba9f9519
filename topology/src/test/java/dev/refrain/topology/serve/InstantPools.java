package dev.refrain.topology.serve;

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
import java.util.stream.IntStream;

/**
 * Both pools without a model: keeps the order of retrieval, and answers with the first word of the
 * prompt. Stateless.
 */
public final class InstantPools implements PoolService {
  private final int sequences;

  /**
   * @param sequences sequences of each generation; they disagree where there is more than one
   */
  public InstantPools(int sequences) {
    this.sequences = sequences;
  }

  @Override
  public List<Outcome> serve(List<WorkRequest> requests) {
    return requests.stream().map(this::serve).toList();
  }

  private Outcome serve(WorkRequest request) {
    return switch (request.getWork()) {
      case Rerank rerank ->
          new Outcome.Done(
              new Reranked(rerank.getPassages().stream().map(Passage::getScore).toList()), 0);
      case Generate generate -> new Outcome.Done(generated(generate), 0);
      default -> new Outcome.Refused("No such work");
    };
  }

  private Generated generated(Generate generate) {
    String word = generate.getPrompt().strip().split("\\W+", 2)[0];
    List<Candidate> candidates =
        IntStream.range(0, generate.getSamples() == 0 ? 1 : sequences)
            .mapToObj(
                i ->
                    new Candidate(
                        i == 0 ? word : word + i,
                        List.of(i),
                        List.of(-0.1f),
                        0.1f,
                        i == 0,
                        Finish.STOP))
            .toList();
    return new Generated(generate.getPrompt().length() / 4, candidates);
  }
}
