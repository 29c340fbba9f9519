package dev.refrain.connectors.rerank;

import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.schemas.avro.Passage;
import dev.refrain.schemas.avro.Rerank;
import dev.refrain.schemas.avro.Reranked;
import dev.refrain.schemas.avro.WorkRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Serves {@code Rerank} with a re-ranker, on the thread that asks. Safe for use by many threads
 * where its re-ranker is.
 */
public final class RerankService implements PoolService {
  private final Reranker reranker;
  private final String digest;
  private final InstantSource clock;

  /**
   * @param digest of the re-ranker; requests for another are refused
   * @param clock measures what each request costs
   */
  public RerankService(Reranker reranker, String digest, InstantSource clock) {
    this.reranker = reranker;
    this.digest = digest;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Outcome> submit(WorkRequest request) {
    return CompletableFuture.completedFuture(serve(request));
  }

  private Outcome serve(WorkRequest request) {
    if (!(request.getWork() instanceof Rerank work)) {
      return new Outcome.Refused(
          "This pool re-ranks; the work asked for is %s"
              .formatted(request.getWork().getClass().getSimpleName()));
    }
    if (!digest.equals(request.getModelDigest())) {
      return new Outcome.Refused(
          "The request is for re-ranker %s; this worker serves re-ranker %s"
              .formatted(request.getModelDigest(), digest));
    }
    if (request.getAttachmentDigest() != null) {
      return new Outcome.Refused(
          "The request is for attachment %s; this worker serves none"
              .formatted(request.getAttachmentDigest()));
    }
    List<RetrievedPassage> passages;
    try {
      passages = work.getPassages().stream().map(RerankService::passage).toList();
    } catch (IllegalArgumentException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    }
    Instant start = clock.instant();
    double[] scores = reranker.score(work.getQuestion(), passages);
    double milliseconds = Duration.between(start, clock.instant()).toNanos() / 1e6;
    if (scores.length != passages.size()) {
      throw new IllegalStateException(
          "The re-ranker gave %d scores for %d passages".formatted(scores.length, passages.size()));
    }
    return new Outcome.Done(new Reranked(boxed(scores)), Math.max(0, milliseconds));
  }

  private static List<Double> boxed(double[] scores) {
    List<Double> boxed = new ArrayList<>(scores.length);
    for (double score : scores) {
      boxed.add(score);
    }
    return boxed;
  }

  private static RetrievedPassage passage(Passage passage) {
    return new RetrievedPassage(passage.getTitle(), passage.getText(), passage.getScore());
  }
}
