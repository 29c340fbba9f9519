package dev.refrain.processors.stages;

import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Retriever;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.schemas.avro.WorkRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds a question's passages and asks for their scores; when the scores are there, finds the same
 * passages again. Safe for use by many threads.
 *
 * @param retriever finds passages
 * @param settings what is retrieved
 * @param requests asks for scores
 * @param waiting the passages between request and result
 */
public record Retrieval(
    Retriever retriever,
    RetrievalSettings settings,
    WorkRequests requests,
    RetrievedPassages waiting) {

  /**
   * Retrieves for a question, in a second retrieval for the question and its candidates or for the
   * likeliest of them alone, and keeps what was found until its scores come.
   *
   * @return the request for the scores
   * @throws java.io.UncheckedIOException if the index cannot be read
   */
  WorkRequest ask(PendingQuestion pending, Instant now) {
    String query = query(pending);
    List<Hit> hits = retriever.retrieve(query, settings.topK());
    WorkRequest request = requests.rerank(pending, query, hits, now);
    waiting.keep(pending.id(), request.getWorkId(), hits, now);
    return request;
  }

  /**
   * The passages that were scored by the work that a question awaits: from memory, or retrieved
   * again, for example after a restart. Empty where they are not to be had any more, because the
   * index is another one.
   *
   * @throws java.io.UncheckedIOException if the index cannot be read
   */
  Optional<List<Hit>> scored(PendingQuestion pending) {
    String workId = pending.awaited().workId();
    Optional<List<Hit>> kept = waiting.take(pending.id(), workId);
    if (kept.isPresent()) {
      return kept;
    }
    String query = query(pending);
    List<Hit> hits = retriever.retrieve(query, settings.topK());
    return requests.rerankId(query, hits).equals(workId) ? Optional.of(hits) : Optional.empty();
  }

  private String query(PendingQuestion pending) {
    return switch (pending.route()) {
      case null -> pending.question().text();
      case TEXTUAL -> pending.question().text();
      case FOLLOW -> pending.candidates().getFirst().text();
      case RE_RETRIEVE -> secondQuery(pending);
    };
  }

  private String secondQuery(PendingQuestion pending) {
    String candidates =
        pending.candidates().stream()
            .limit(settings.queryCandidates())
            .map(Candidate::text)
            .collect(Collectors.joining(" "));
    return settings
        .secondQuery()
        .fill(Map.of("question", pending.question().text(), "candidates", candidates));
  }
}
