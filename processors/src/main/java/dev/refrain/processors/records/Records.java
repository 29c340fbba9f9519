package dev.refrain.processors.records;

import dev.refrain.processors.difficulty.Sample;
import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.Cost;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Question;
import dev.refrain.processors.question.Route;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.schemas.avro.Action;
import dev.refrain.schemas.avro.CountedCandidate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maps Avro records to the words of this room and back. Stateless. */
public final class Records {
  private Records() {}

  /**
   * A question as it came in.
   *
   * @param timeLimit time from asking to the deadline where the record has none
   */
  public static Question question(dev.refrain.schemas.avro.Question record, Duration timeLimit) {
    Instant deadline = record.getDeadline();
    return new Question(
        record.getId(),
        record.getText(),
        record.getTask(),
        record.getAskedAt(),
        deadline == null ? record.getAskedAt().plus(timeLimit) : deadline,
        record.getAttributes());
  }

  private static dev.refrain.schemas.avro.Question question(Question question) {
    return new dev.refrain.schemas.avro.Question(
        question.id(),
        question.text(),
        question.task(),
        question.askedAt(),
        question.deadline(),
        question.attributes());
  }

  /** A passage with its score. */
  public static dev.refrain.schemas.avro.Passage passage(Hit hit) {
    Passage passage = hit.passage();
    return new dev.refrain.schemas.avro.Passage(
        passage.id(), passage.title(), passage.text(), hit.score());
  }

  private static Hit hit(dev.refrain.schemas.avro.Passage record) {
    return new Hit(
        new Passage(record.getId(), record.getTitle(), record.getText()), record.getScore());
  }

  /** A generated sequence. */
  public static Sample sample(dev.refrain.schemas.avro.Candidate record) {
    return new Sample(
        record.getText(),
        record.getLogProbabilities(),
        record.getFirstTokenEntropy(),
        record.getGreedy());
  }

  /** What a state store keeps of a question. */
  public static dev.refrain.schemas.avro.PendingQuestion pending(PendingQuestion pending) {
    Cost cost = pending.cost();
    return dev.refrain.schemas.avro.PendingQuestion.newBuilder()
        .setQuestion(question(pending.question()))
        .setTraceparent(pending.traceparent())
        .setPass(pending.pass())
        .setRoute(action(pending.route()))
        .setAwaitedWorkId(pending.awaited().workId())
        .setAwaitedPool(pending.awaited().pool())
        .setIndexDigest(pending.context().indexDigest())
        .setPassages(pending.context().hits().stream().map(Records::passage).toList())
        .setCandidates(pending.candidates().stream().map(Records::candidate).toList())
        .setPasses(cost.passes())
        .setPromptTokens(cost.promptTokens())
        .setGeneratedTokens(cost.generatedTokens())
        .setMilliseconds(cost.milliseconds())
        .build();
  }

  /** What a state store kept of a question. */
  public static PendingQuestion pending(dev.refrain.schemas.avro.PendingQuestion record) {
    return new PendingQuestion(
        question(record.getQuestion(), Duration.ZERO),
        record.getTraceparent(),
        route(record.getRoute()),
        new PendingQuestion.Awaited(record.getAwaitedWorkId(), record.getAwaitedPool()),
        new PendingQuestion.Context(
            record.getIndexDigest(), record.getPassages().stream().map(Records::hit).toList()),
        candidates(record.getCandidates()),
        new Cost(
            record.getPasses(),
            record.getPromptTokens(),
            record.getGeneratedTokens(),
            record.getMilliseconds()));
  }

  private static List<Candidate> candidates(List<CountedCandidate> records) {
    return records.stream()
        .map(r -> new Candidate(r.getText(), r.getCount(), r.getLogProbability()))
        .toList();
  }

  private static CountedCandidate candidate(Candidate candidate) {
    return new CountedCandidate(candidate.text(), candidate.count(), candidate.logProbability());
  }

  private static @Nullable Action action(@Nullable Route route) {
    return switch (route) {
      case null -> null;
      case TEXTUAL -> Action.TEXTUAL;
      case RE_RETRIEVE -> Action.RE_RETRIEVE;
      case FOLLOW -> Action.FOLLOW;
    };
  }

  private static @Nullable Route route(@Nullable Action action) {
    return switch (action) {
      case null -> null;
      case TEXTUAL -> Route.TEXTUAL;
      case RE_RETRIEVE -> Route.RE_RETRIEVE;
      case FOLLOW -> Route.FOLLOW;
      case EMIT, ABSTAIN, NEURAL ->
          throw new IllegalStateException("%s is no route of a second pass".formatted(action));
    };
  }
}
