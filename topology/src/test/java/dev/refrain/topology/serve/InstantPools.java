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
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Both pools without a model: keeps the order of retrieval, and answers with the first word of the
 * context. For questions with an odd number the samples disagree, so that a second pass is made.
 * Stateless.
 */
public final class InstantPools implements PoolService {
  private static final Pattern HARD = Pattern.compile("question \\d*[13579]\\?");

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
      default -> new Outcome.Refused("No such work");
    };
  }

  private static Generated generated(Generate generate) {
    List<String> words = List.of(generate.getPrompt().split("\n\n", 2)[1].split("\\W+"));
    boolean hard = HARD.matcher(generate.getPrompt()).find();
    List<Candidate> candidates =
        IntStream.rangeClosed(0, generate.getSamples())
            .mapToObj(i -> candidate(words.get(hard ? i % 5 : 0), i))
            .toList();
    return new Generated(generate.getPrompt().length() / 4, candidates);
  }

  private static Candidate candidate(String word, int number) {
    return new Candidate(word, List.of(number), List.of(-0.1f), 0.1f, number == 0, Finish.STOP);
  }
}
