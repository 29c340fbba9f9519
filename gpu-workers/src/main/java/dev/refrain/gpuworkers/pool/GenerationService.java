package dev.refrain.gpuworkers.pool;

import dev.refrain.gpuworkers.generate.Generation;
import dev.refrain.gpuworkers.generate.GenerationRequest;
import dev.refrain.gpuworkers.generate.Generator;
import dev.refrain.gpuworkers.generate.Sampling;
import dev.refrain.gpuworkers.generate.Sequence;
import dev.refrain.gpuworkers.generate.SpanConstraint;
import dev.refrain.schemas.avro.Candidate;
import dev.refrain.schemas.avro.Finish;
import dev.refrain.schemas.avro.Generate;
import dev.refrain.schemas.avro.Generated;
import dev.refrain.schemas.avro.Spans;
import dev.refrain.schemas.avro.WorkRequest;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code Generate} with a frozen model. Refuses what is meant for another model or
 * attachment, and what the generator can never do.
 */
public final class GenerationService implements PoolService {
  private final Generator generator;
  private final String modelDigest;
  private final @Nullable String attachmentDigest;

  /**
   * @param generator not closed here
   * @param modelDigest digest of the generator's frozen model
   * @param attachmentDigest digest of what is attached to it, null for nothing
   */
  public GenerationService(
      Generator generator, String modelDigest, @Nullable String attachmentDigest) {
    this.generator = generator;
    this.modelDigest = modelDigest;
    this.attachmentDigest = attachmentDigest;
  }

  @Override
  public CompletableFuture<Outcome> submit(WorkRequest request) {
    GenerationRequest accepted;
    try {
      accepted = accept(request);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(refused(e));
    }
    CompletableFuture<Generation> generation = generator.submit(accepted);
    CompletableFuture<Outcome> outcome =
        generation
            .thenApply(GenerationService::done)
            .exceptionallyCompose(GenerationService::refusedOrFailed);
    var unused = outcome.whenComplete((_, _) -> generation.cancel(true));
    return outcome;
  }

  private static CompletableFuture<Outcome> refusedOrFailed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof IllegalArgumentException refusal
        ? CompletableFuture.completedFuture(refused(refusal))
        : CompletableFuture.failedFuture(failure);
  }

  private static Outcome refused(IllegalArgumentException refusal) {
    return new Outcome.Refused(String.valueOf(refusal.getMessage()));
  }

  private GenerationRequest accept(WorkRequest request) {
    if (!(request.getWork() instanceof Generate work)) {
      throw new IllegalArgumentException(
          "This pool generates; the work asked for is %s"
              .formatted(request.getWork().getClass().getSimpleName()));
    }
    if (!modelDigest.equals(request.getModelDigest())) {
      throw new IllegalArgumentException(
          "The request is for model %s; this worker serves model %s"
              .formatted(request.getModelDigest(), modelDigest));
    }
    if (!Objects.equals(attachmentDigest, request.getAttachmentDigest())) {
      throw new IllegalArgumentException(
          "The request is for attachment %s; this worker serves attachment %s"
              .formatted(request.getAttachmentDigest(), attachmentDigest));
    }
    Sampling sampling =
        new Sampling(
            work.getGreedy(),
            work.getSamples(),
            work.getTemperature(),
            work.getTopP(),
            work.getMaxNewTokens(),
            work.getStopStrings(),
            work.getSeed());
    return new GenerationRequest(
        work.getPrompt(), sampling, request.getDeadline(), spans(work.getSpans()));
  }

  private static @Nullable SpanConstraint spans(@Nullable Spans spans) {
    return spans == null
        ? null
        : new SpanConstraint(
            spans.getSources().stream()
                .map(source -> new SpanConstraint.Range(source.getStart(), source.getEnd()))
                .toList(),
            spans.getAlternatives(),
            spans.getPenalty());
  }

  private static Outcome done(Generation generation) {
    List<Candidate> candidates =
        generation.sequences().stream().map(GenerationService::candidate).toList();
    return new Outcome.Done(
        new Generated(generation.promptTokens(), candidates), generation.milliseconds());
  }

  private static Candidate candidate(Sequence sequence) {
    return new Candidate(
        sequence.text(),
        sequence.tokenIds(),
        sequence.logProbabilities(),
        sequence.firstTokenEntropy(),
        sequence.greedy(),
        switch (sequence.finish()) {
          case STOP -> Finish.STOP;
          case LENGTH -> Finish.LENGTH;
          case DEADLINE -> Finish.DEADLINE;
        });
  }
}
