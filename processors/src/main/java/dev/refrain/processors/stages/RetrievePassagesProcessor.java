package dev.refrain.processors.stages;

import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Route;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Retriever;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.schemas.avro.WorkRequest;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retrieves passages for a question, in a second retrieval for the question and its candidates, and
 * asks the re-ranker's pool for their scores. An index that cannot be read ends the question as a
 * failure.
 */
public final class RetrievePassagesProcessor
    implements Processor<String, PendingQuestion, String, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(RetrievePassagesProcessor.class);

  private final Retriever retriever;
  private final RetrievalSettings settings;
  private final WorkRequests requests;
  private ProcessorContext<String, Object> context;
  private QuestionStores stores;

  public RetrievePassagesProcessor(
      Retriever retriever, RetrievalSettings settings, WorkRequests requests) {
    this.retriever = retriever;
    this.settings = settings;
    this.requests = requests;
  }

  @Override
  public void init(ProcessorContext<String, Object> newContext) {
    context = newContext;
    stores = new QuestionStores(newContext);
  }

  @Override
  public void process(Record<String, PendingQuestion> record) {
    PendingQuestion pending = record.value();
    String query = query(pending);
    List<Hit> hits;
    try {
      hits = retriever.retrieve(query, settings.topK());
    } catch (UncheckedIOException e) {
      LOG.error("question {} stage {}: {}", pending.id(), Stages.RETRIEVE_PASSAGES, e.toString());
      Ended ended = Ended.failed(pending, "The index could not be read: " + e.getMessage());
      context.forward(record.withValue(ended), Stages.EMIT_ANSWER);
      return;
    }
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    WorkRequest request = requests.rerank(pending, query, hits, now);
    stores.put(
        pending
            .withContext(retriever.digest(), hits)
            .awaiting(request.getWorkId(), request.getPool()));
    context.forward(
        new Record<>(
            request.getWorkId(),
            (Object) request,
            record.timestamp(),
            Trace.headers(pending.traceparent())),
        Stages.WORK_RERANK);
  }

  private String query(PendingQuestion pending) {
    if (pending.route() != Route.RE_RETRIEVE) {
      return pending.question().text();
    }
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
