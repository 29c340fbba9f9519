package dev.refrain.processors.stages;

import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.schemas.avro.WorkRequest;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retrieves passages for a question and asks the re-ranker's pool for their scores. An index that
 * cannot be read ends the question as a failure.
 */
public final class RetrievePassagesProcessor
    implements Processor<String, PendingQuestion, String, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(RetrievePassagesProcessor.class);

  private final Retrieval retrieval;
  private ProcessorContext<String, Object> context;
  private QuestionStores stores;

  public RetrievePassagesProcessor(Retrieval retrieval) {
    this.retrieval = retrieval;
  }

  @Override
  public void init(ProcessorContext<String, Object> newContext) {
    context = newContext;
    stores = new QuestionStores(newContext);
  }

  @Override
  public void process(Record<String, PendingQuestion> record) {
    PendingQuestion pending = record.value();
    WorkRequest request;
    try {
      request = retrieval.ask(pending, Instant.ofEpochMilli(context.currentSystemTimeMs()));
    } catch (UncheckedIOException e) {
      LOG.error("question {} stage {}: {}", pending.id(), Stages.RETRIEVE_PASSAGES, e.toString());
      Ended ended = Ended.failed(pending, "The index could not be read: " + e.getMessage());
      context.forward(record.withValue(ended), Stages.EMIT_ANSWER);
      return;
    }
    stores.put(
        pending
            .withContext(retrieval.retriever().digest(), List.of())
            .awaiting(request.getWorkId(), request.getPool()));
    context.forward(
        new Record<>(
            request.getWorkId(),
            (Object) request,
            record.timestamp(),
            Trace.headers(pending.traceparent())),
        Stages.WORK_RERANK);
  }
}
