package dev.refrain.processors.stages;

import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.records.Records;
import dev.refrain.schemas.serde.StateSerde;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * What is pending, and when it is due. Deadlines are in memory only, because the pending questions
 * tell them, too. Belongs to one stream task.
 */
final class QuestionStores {
  private final KeyValueStore<String, dev.refrain.schemas.avro.PendingQuestion> pending;
  private final KeyValueStore<Bytes, byte[]> deadlines;

  QuestionStores(ProcessingContext context) {
    pending = context.getStateStore(Stages.PENDING_QUESTIONS);
    deadlines = context.getStateStore(Stages.DEADLINES);
  }

  static List<StoreBuilder<?>> builders() {
    return List.of(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(Stages.PENDING_QUESTIONS),
                Serdes.String(),
                StateSerde.of(
                    dev.refrain.schemas.avro.PendingQuestion.getEncoder(),
                    dev.refrain.schemas.avro.PendingQuestion.getDecoder()))
            .withCachingEnabled(),
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(Stages.DEADLINES), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled());
  }

  /** Fills the store of deadlines from the pending questions, when a task takes over. */
  void restoreDeadlines() {
    try (KeyValueIterator<String, dev.refrain.schemas.avro.PendingQuestion> all = pending.all()) {
      all.forEachRemaining(entry -> watch(Records.pending(entry.value)));
    }
  }

  @Nullable PendingQuestion pending(String id) {
    dev.refrain.schemas.avro.PendingQuestion record = pending.get(id);
    return record == null ? null : Records.pending(record);
  }

  boolean isPending(String id) {
    return pending.get(id) != null;
  }

  /** Watches the deadline of a question that has just come in. */
  void watch(PendingQuestion question) {
    deadlines.put(new Deadline(question.question().deadline(), question.id()).key(), new byte[0]);
  }

  void put(PendingQuestion question) {
    pending.put(question.id(), Records.pending(question));
  }

  /** Forgets a question that has ended. */
  void end(PendingQuestion question) {
    pending.delete(question.id());
    deadlines.delete(new Deadline(question.question().deadline(), question.id()).key());
  }

  /** What is due, earliest first; {@link #end} or {@link #forget} takes it out of the store. */
  List<Deadline> due(Instant now) {
    List<Deadline> due = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries =
        deadlines.range(Deadline.first(), Deadline.before(now))) {
      entries.forEachRemaining(entry -> due.add(Deadline.of(entry.key)));
    }
    return due;
  }

  /** Forgets a deadline whose question is not pending. */
  void forget(Deadline due) {
    deadlines.delete(due.key());
  }
}
