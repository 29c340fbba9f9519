package dev.refrain.processors.stages;

import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.records.Records;
import dev.refrain.schemas.serde.StateSerde;
import java.time.Duration;
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
 * The three stores that a question's way leaves its traces in: what is pending, what has finished
 * and must not be answered again, and when something is due. Belongs to one stream task.
 */
final class QuestionStores {
  private final KeyValueStore<String, dev.refrain.schemas.avro.PendingQuestion> pending;
  private final KeyValueStore<String, Long> finished;
  private final KeyValueStore<Bytes, byte[]> deadlines;

  QuestionStores(ProcessingContext context) {
    pending = context.getStateStore(Stages.PENDING_QUESTIONS);
    finished = context.getStateStore(Stages.FINISHED_QUESTIONS);
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
            Stores.persistentKeyValueStore(Stages.FINISHED_QUESTIONS),
            Serdes.String(),
            Serdes.Long()),
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(Stages.DEADLINES), Serdes.Bytes(), Serdes.ByteArray()));
  }

  @Nullable PendingQuestion pending(String id) {
    dev.refrain.schemas.avro.PendingQuestion record = pending.get(id);
    return record == null ? null : Records.pending(record);
  }

  boolean isKnown(String id) {
    return pending.get(id) != null || finished.get(id) != null;
  }

  boolean hasFinished(String id) {
    return finished.get(id) != null;
  }

  /** Remembers a question that has just come in, and its deadline. */
  void open(PendingQuestion question) {
    deadlines.put(new Deadline(question.question().deadline(), question.id()).key(), new byte[0]);
    put(question);
  }

  void put(PendingQuestion question) {
    pending.put(question.id(), Records.pending(question));
  }

  /** Forgets a question but for its id, which is kept for a while to suppress duplicates. */
  void finish(String id, @Nullable Instant deadline, Instant now, Duration kept) {
    pending.delete(id);
    if (deadline != null) {
      deadlines.delete(new Deadline(deadline, id).key());
    }
    finished.put(id, now.toEpochMilli());
    deadlines.put(new Deadline(now.plus(kept), id).key(), new byte[0]);
  }

  /** What is due, earliest first; {@link #finish} or {@link #forget} takes it out of the store. */
  List<Deadline> due(Instant now) {
    List<Deadline> due = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries =
        deadlines.range(Deadline.first(), Deadline.before(now))) {
      entries.forEachRemaining(entry -> due.add(Deadline.of(entry.key)));
    }
    return due;
  }

  /** Forgets a finished id that has been kept for long enough. */
  void forget(Deadline due) {
    finished.delete(due.questionId());
    deadlines.delete(due.key());
  }
}
