package dev.refrain.topology.client;

import dev.refrain.schemas.avro.DeadLetter;
import dev.refrain.schemas.serde.Codecs;
import dev.refrain.schemas.serde.UndecodableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that follows the topics of answers and dead letters from where they end now. */
final class EndingReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EndingReader.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** What the reader saw. */
  sealed interface Seen {}

  /** An answer. */
  record Answered(Ending ending) implements Seen {}

  /** A dead letter that ends a question. */
  record Dead(String questionId, String reason, Instant at) implements Seen {}

  /** The end of one look at the topics. */
  record Nothing() implements Seen {}

  /** The reader cannot go on. */
  record Broken(RuntimeException failure) implements Seen {}

  private final KafkaConsumer<String, byte[]> consumer;
  private final Codecs codecs;
  private final String answers;
  private final String questions;
  private final Consumer<Seen> sink;
  private final Thread thread = Thread.ofPlatform().name("endings").daemon().unstarted(this::run);
  private volatile boolean closed;

  private EndingReader(
      KafkaConsumer<String, byte[]> consumer,
      ClientSettings settings,
      Codecs codecs,
      Consumer<Seen> sink) {
    this.consumer = consumer;
    this.codecs = codecs;
    this.answers = settings.topics().answers().name();
    this.questions = settings.topics().questions().name();
    this.sink = sink;
  }

  /**
   * Stands at the ends of the topics; {@link #start} begins to look.
   *
   * @throws NoTopicsException if the brokers do not answer or lack the topics
   */
  static EndingReader open(ClientSettings settings, Codecs codecs, Consumer<Seen> sink) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            settings.consumer(), new StringDeserializer(), new ByteArrayDeserializer());
    try {
      List<TopicPartition> partitions = new ArrayList<>();
      partitions.addAll(Partitions.of(consumer, settings.topics().answers().name(), settings));
      partitions.addAll(Partitions.of(consumer, settings.topics().deadLetters().name(), settings));
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      return new EndingReader(consumer, settings, codecs, sink);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (consumer) {
      while (!closed) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        records.forEach(this::read);
        sink.accept(new Nothing());
      }
    } catch (WakeupException e) {
      // Closed: nothing is read any more.
    } catch (RuntimeException e) {
      LOG.error("Reading answers ended", e);
      sink.accept(new Broken(e));
    }
  }

  private void read(ConsumerRecord<String, byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      return;
    }
    try {
      if (record.topic().equals(answers)) {
        sink.accept(new Answered(Endings.of(codecs.answers().decode(value))));
      } else {
        DeadLetter letter = codecs.deadLetters().decode(value);
        String reason = letter.getStage() + ": " + letter.getReason();
        Endings.questionId(letter, questions)
            .ifPresent(id -> sink.accept(new Dead(id, reason, letter.getFailedAt())));
      }
    } catch (UndecodableRecordException e) {
      LOG.warn(
          "Ignored a record of {}-{} at {}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }
}
