package dev.refrain.processors.work;

import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Route;
import dev.refrain.processors.records.Records;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.schemas.Topics;
import dev.refrain.schemas.avro.Generate;
import dev.refrain.schemas.avro.Passage;
import dev.refrain.schemas.avro.Rerank;
import dev.refrain.schemas.avro.Spans;
import dev.refrain.schemas.avro.TextRange;
import dev.refrain.schemas.avro.WorkRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks pools for work. A request's id is a hash of the operation, the model, the inputs, the
 * sampling and the seed: equal work has equal ids, whoever asks. The seed of the samples derives
 * from the id, so a call repeated is a call identical. Safe for use by many threads.
 *
 * @param modelDigest digest of the frozen model that reads
 * @param rerankerDigest digest of the re-ranker
 * @param attachments what stands in front of the frozen model
 */
public record WorkRequests(String modelDigest, String rerankerDigest, Attachments attachments) {

  /** Requests to the frozen model alone. */
  public WorkRequests(String modelDigest, String rerankerDigest) {
    this(modelDigest, rerankerDigest, new Attachments(null, null));
  }

  /**
   * What stands in front of the frozen model, by digests.
   *
   * @param reader in a reading pass; null for nothing
   * @param chooser in a pass that chooses among candidates; null for nothing
   */
  public record Attachments(@Nullable String reader, @Nullable String chooser) {
    @Nullable String of(PendingQuestion pending) {
      return pending.route() == Route.TEXTUAL ? chooser : reader;
    }
  }

  /**
   * Asks for the passages' scores.
   *
   * @param query the question, or the query of a second retrieval
   */
  public WorkRequest rerank(PendingQuestion pending, String query, List<Hit> hits, Instant now) {
    List<Passage> passages = hits.stream().map(Records::passage).toList();
    return request(
        rerankId(query, hits),
        pending,
        new Server(Topics.RERANK, rerankerDigest, null),
        new Rerank(query, passages),
        now);
  }

  /** The id of {@link #rerank}'s request: the same for the same passages only. */
  public String rerankId(String query, List<Hit> hits) {
    WorkHash hash = new WorkHash().add("rerank").add(rerankerDigest).add("").add(query);
    for (Hit hit : hits) {
      hash.add(hit.passage().id()).add(hit.passage().title()).add(hit.passage().text());
      hash.add(hit.score());
    }
    return WorkHash.hex(hash.bytes());
  }

  /**
   * Asks for continuations of a prompt.
   *
   * @param spans what they may say; null for anything
   */
  public WorkRequest generate(
      PendingQuestion pending,
      String prompt,
      @Nullable AnswerSpans spans,
      GenerationSettings settings,
      Instant now) {
    String attachment = attachments.of(pending);
    WorkHash hash =
        new WorkHash()
            .add("generate")
            .add(modelDigest)
            .add(attachment == null ? "" : attachment)
            .add(prompt)
            .add(settings.samples())
            .add(settings.temperature())
            .add(settings.topP())
            .add(settings.maxNewTokens())
            .add(settings.stop().size());
    settings.stop().forEach(hash::add);
    if (spans != null) {
      add(hash, spans);
    }
    byte[] id = hash.add(settings.seed()).bytes();
    Generate generate =
        new Generate(
            prompt,
            true,
            settings.samples(),
            settings.temperature(),
            settings.topP(),
            settings.maxNewTokens(),
            settings.stop(),
            ByteBuffer.wrap(id).getLong(),
            spans == null ? null : spans(spans));
    Server server = new Server(Topics.LM, modelDigest, attachment);
    return request(WorkHash.hex(id), pending, server, generate, now);
  }

  private static Spans spans(AnswerSpans spans) {
    return new Spans(
        spans.sources().stream()
            .map(source -> new TextRange(source.start(), source.end()))
            .toList(),
        spans.alternatives(),
        spans.penalty());
  }

  private static void add(WorkHash hash, AnswerSpans spans) {
    hash.add("spans").add(spans.sources().size());
    spans.sources().forEach(source -> hash.add(source.start()).add(source.end()));
    hash.add(spans.alternatives().size());
    spans.alternatives().forEach(hash::add);
    hash.add(spans.penalty());
  }

  /** Who shall do it: a pool, the model there, and what is attached to it. */
  private record Server(String pool, String digest, @Nullable String attachment) {}

  private static WorkRequest request(
      String workId, PendingQuestion pending, Server server, Object work, Instant now) {
    return WorkRequest.newBuilder()
        .setWorkId(workId)
        .setQuestionId(pending.id())
        .setPool(server.pool())
        .setPass(pending.pass())
        .setCreatedAt(now)
        .setDeadline(pending.question().deadline())
        .setModelDigest(server.digest())
        .setAttachmentDigest(server.attachment())
        .setWork(work)
        .build();
  }
}
