package dev.refrain.processors.stages;

import dev.refrain.processors.packing.PackedContext;
import dev.refrain.processors.packing.PassPrompt;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.schemas.avro.WorkRequest;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Packs a question's passages into the prompt of its pass and asks the language model's pool for
 * it. A question whose prompt cannot fit ends as a failure.
 */
public final class PackContextProcessor
    implements Processor<String, PendingQuestion, String, Object> {
  private final PassPrompt prompts;
  private final WorkRequests requests;
  private ProcessorContext<String, Object> context;
  private QuestionStores stores;

  public PackContextProcessor(PassPrompt prompts, WorkRequests requests) {
    this.prompts = prompts;
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
    Optional<PackedContext> packed = prompts.pack(pending);
    if (packed.isEmpty()) {
      Ended ended = Ended.failed(pending, prompts.objection(pending));
      context.forward(record.withValue(ended), Stages.EMIT_ANSWER);
      return;
    }
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    WorkRequest request =
        requests.generate(
            pending, packed.get().prompt(), packed.get().spans(), prompts.generation(pending), now);
    stores.put(
        pending.withHits(packed.get().hits()).awaiting(request.getWorkId(), request.getPool()));
    context.forward(
        new Record<>(
            request.getWorkId(),
            (Object) request,
            record.timestamp(),
            Trace.headers(pending.traceparent())),
        Stages.WORK_LM);
  }
}
