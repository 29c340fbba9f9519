package dev.refrain.processors.stages;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Ids of ended questions with their times. They lie in windows as long as their retention, so that
 * one look into this window and one into the last finds an id, and old windows are dropped whole:
 * nothing is ever deleted one by one. Belongs to one stream task.
 */
final class FinishedQuestions {
  private final WindowStore<String, Long> store;
  private final Duration retention;

  /**
   * @param retention how long an id is remembered, 1 ms or more; the same as in {@link #builder}
   */
  FinishedQuestions(ProcessingContext context, Duration retention) {
    this.store = context.getStateStore(Stages.FINISHED_QUESTIONS);
    this.retention = retention;
  }

  static StoreBuilder<WindowStore<String, Long>> builder(Duration retention) {
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(
            Stages.FINISHED_QUESTIONS, retention.multipliedBy(2), retention, false),
        Serdes.String(),
        Serdes.Long());
  }

  void add(String id, Instant now) {
    store.put(id, now.toEpochMilli(), window(now));
  }

  boolean contain(String id, Instant now) {
    return isRecent(store.fetch(id, window(now)), now)
        || isRecent(store.fetch(id, window(now.minus(retention))), now);
  }

  private boolean isRecent(@Nullable Long finishedAt, Instant now) {
    return finishedAt != null && finishedAt > now.minus(retention).toEpochMilli();
  }

  /** The start of the window that a time lies in, in milliseconds. */
  private long window(Instant time) {
    long length = retention.toMillis();
    return Math.max(0, Math.floorDiv(time.toEpochMilli(), length) * length);
  }
}
