package dev.refrain.processors.stages;

import dev.refrain.processors.difficulty.Sample;
import dev.refrain.processors.question.Cost;
import dev.refrain.processors.question.Outcome;
import dev.refrain.processors.question.Outcome.Failed;
import dev.refrain.processors.question.Outcome.Undeliverable;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.records.Records;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.stages.QuestionMetrics.Suppressed;
import dev.refrain.schemas.avro.Generated;
import dev.refrain.schemas.avro.Reranked;
import dev.refrain.schemas.avro.WorkFailure;
import dev.refrain.schemas.avro.WorkResult;
import dev.refrain.schemas.serde.TopicCodec;
import dev.refrain.schemas.serde.UndecodableRecordException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a result back to its question: scores go on to pack-context, sequences to
 * estimate-difficulty, failures to emit-answer; scores of passages that are no longer in the index
 * make the question go back to retrieve-passages. The first result of the awaited work wins; any
 * other is suppressed and counted. Bytes that are no result go to the dead letters.
 */
public final class MatchResultProcessor implements Processor<String, byte[], String, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(MatchResultProcessor.class);

  private final TopicCodec<WorkResult> codec;
  private final Retrieval retrieval;
  private final Duration finishedRetention;
  private final QuestionMetrics metrics;
  private ProcessorContext<String, Object> context;
  private QuestionStores stores;
  private FinishedQuestions finished;

  /**
   * @param retrieval finds the passages that scores belong to
   * @param finishedRetention how long a finished id is remembered
   */
  public MatchResultProcessor(
      TopicCodec<WorkResult> codec,
      Retrieval retrieval,
      Duration finishedRetention,
      QuestionMetrics metrics) {
    this.codec = codec;
    this.retrieval = retrieval;
    this.finishedRetention = finishedRetention;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> newContext) {
    context = newContext;
    stores = new QuestionStores(newContext);
    finished = new FinishedQuestions(newContext, finishedRetention);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    WorkResult result;
    try {
      if (record.value() == null) {
        throw new UndecodableRecordException("The value is null, expected a WorkResult.");
      }
      result = codec.decode(record.value());
    } catch (UndecodableRecordException e) {
      reject(record, String.valueOf(e.getMessage()));
      return;
    }
    PendingQuestion pending = stores.pending(result.getQuestionId());
    if (pending == null || !pending.awaited().workId().equals(result.getWorkId())) {
      suppress(result, pending != null);
      return;
    }
    follow(
        record,
        pending.withCost(pending.cost().plusMilliseconds(result.getMilliseconds())),
        result);
  }

  private void follow(Record<String, byte[]> record, PendingQuestion pending, WorkResult result) {
    switch (result.getOutcome()) {
      case Reranked reranked -> rerank(record, pending, reranked);
      case Generated generated -> pass(record, pending, generated);
      case WorkFailure failure -> end(record, pending, outcome(result, failure));
      default -> throw new IllegalStateException("No such outcome: " + result.getOutcome());
    }
  }

  private void rerank(Record<String, byte[]> record, PendingQuestion pending, Reranked reranked) {
    Optional<List<Hit>> scored = scored(pending);
    if (scored.isEmpty()) {
      context.forward(record.withValue(pending), Stages.RETRIEVE_PASSAGES);
      return;
    }
    List<Hit> hits = scored.get();
    List<Double> scores = reranked.getScores();
    if (scores.size() != hits.size()) {
      String reason =
          "The re-ranker gave %d scores for %d passages.".formatted(scores.size(), hits.size());
      end(record, pending, new Failed(reason));
      return;
    }
    List<Hit> ranked = Reranking.rank(hits, scores, retrieval.settings().keep());
    context.forward(record.withValue(pending.withHits(ranked)), Stages.PACK_CONTEXT);
  }

  /** Empty where the passages must be retrieved anew; that stage says why they cannot. */
  private Optional<List<Hit>> scored(PendingQuestion pending) {
    try {
      return retrieval.scored(pending);
    } catch (UncheckedIOException e) {
      LOG.warn("question {} stage {}: {}", pending.id(), Stages.MATCH_RESULT, e.toString());
      return Optional.empty();
    }
  }

  private void pass(Record<String, byte[]> record, PendingQuestion pending, Generated generated) {
    List<Sample> sequences = generated.getCandidates().stream().map(Records::sample).toList();
    if (sequences.isEmpty()) {
      end(record, pending, new Failed("The model gave no sequence."));
      return;
    }
    int tokens = generated.getCandidates().stream().mapToInt(c -> c.getTokenIds().size()).sum();
    Cost cost = pending.cost().plusPass(generated.getPromptTokens(), tokens);
    context.forward(
        record.withValue(new Passed(pending.withCost(cost), sequences)),
        Stages.ESTIMATE_DIFFICULTY);
  }

  private void end(Record<String, byte[]> record, PendingQuestion pending, Outcome outcome) {
    context.forward(
        record.withValue(new Ended(pending, outcome, PolicyVersion.NONE)), Stages.EMIT_ANSWER);
  }

  private static Outcome outcome(WorkResult result, WorkFailure failure) {
    return switch (failure.getKind()) {
      case REFUSED ->
          new Failed(
              "The pool '%s' refused the work: %s"
                  .formatted(result.getPool(), failure.getReason()));
      case EXPIRED ->
          new Failed(
              "The deadline passed in the pool '%s': %s"
                  .formatted(result.getPool(), failure.getReason()));
      case POISON -> new Undeliverable(result.getPool(), failure.getReason(), failure.getRequest());
    };
  }

  private void suppress(WorkResult result, boolean pending) {
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    boolean stale = pending || finished.contain(result.getQuestionId(), now);
    metrics.suppressed(stale ? Suppressed.STALE_RESULT : Suppressed.UNKNOWN_RESULT);
    LOG.debug(
        "question {} stage {}: suppressed a {} result of work {}",
        result.getQuestionId(),
        Stages.MATCH_RESULT,
        stale ? "stale" : "unknown",
        result.getWorkId());
  }

  private void reject(Record<String, byte[]> record, String reason) {
    LOG.warn("question {} stage {}: dead letter, {}", record.key(), Stages.MATCH_RESULT, reason);
    metrics.deadLetter(Stages.MATCH_RESULT);
    context.forward(
        record.withValue(DeadLetters.of(Stages.MATCH_RESULT, reason, record, context)),
        Stages.DEAD_LETTERS);
  }
}
