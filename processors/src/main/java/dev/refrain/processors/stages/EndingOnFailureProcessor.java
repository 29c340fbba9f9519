package dev.refrain.processors.stages;

import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A stage whose question ends where the stage fails in a way nobody foresaw. The failure goes on,
 * and whoever handles it writes the one dead letter; the question is forgotten in the same
 * transaction, so that it does not end once more at its deadline.
 *
 * @param <V> what the stage takes; its key is the question id
 * @param <O> what it gives
 */
public final class EndingOnFailureProcessor<V, O> implements Processor<String, V, String, O> {
  private final Processor<String, V, String, O> stage;
  private final Duration finishedRetention;
  private ProcessorContext<String, O> context;
  private QuestionStores stores;
  private FinishedQuestions finished;

  /**
   * @param finishedRetention how long a finished id is remembered
   */
  public EndingOnFailureProcessor(
      Processor<String, V, String, O> stage, Duration finishedRetention) {
    this.stage = stage;
    this.finishedRetention = finishedRetention;
  }

  /** Whether a failure is of the surroundings, which a record survives: it is tried again. */
  public static boolean isPassing(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RegistryUnavailableException || cause instanceof KafkaException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void init(ProcessorContext<String, O> newContext) {
    context = newContext;
    stores = new QuestionStores(newContext);
    finished = new FinishedQuestions(newContext, finishedRetention);
    stage.init(newContext);
  }

  @Override
  public void process(Record<String, V> record) {
    try {
      stage.process(record);
    } catch (RuntimeException e) {
      if (record.key() != null && !isPassing(e)) {
        end(record.key());
      }
      throw e;
    }
  }

  private void end(String id) {
    PendingQuestion pending = stores.pending(id);
    if (pending != null) {
      stores.end(pending);
      finished.add(id, Instant.ofEpochMilli(context.currentSystemTimeMs()));
    }
  }

  @Override
  public void close() {
    stage.close();
  }
}
