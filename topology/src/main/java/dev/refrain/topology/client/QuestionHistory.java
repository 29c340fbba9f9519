package dev.refrain.topology.client;

import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.schemas.serde.Codecs;
import dev.refrain.schemas.serde.UndecodableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads what the topics keep of one question: the decisions about it and its ending. Reads the one
 * partition of each topic that holds the question's key, from its beginning or from a time on.
 */
public final class QuestionHistory {
  private static final Duration POLL = Duration.ofMillis(200);

  private final ClientSettings settings;
  private final Codecs codecs;

  /**
   * A reader of these topics.
   *
   * @param registry of the records' schemas; not closed here
   */
  public QuestionHistory(ClientSettings settings, SchemaRegistry registry) {
    this.settings = settings;
    this.codecs = Codecs.over(registry);
  }

  /**
   * What is kept of a question.
   *
   * @param decisions in order of time
   * @param ending how it ended; empty while it is on its way, or where the record is gone
   */
  public record Explanation(String id, List<DecisionStep> decisions, Optional<Ending> ending) {
    public Explanation {
      decisions = List.copyOf(decisions);
    }

    /** Whether nothing is kept of the question. */
    public boolean isEmpty() {
      return decisions.isEmpty() && ending.isEmpty();
    }
  }

  /**
   * Reads the decisions and the ending of a question.
   *
   * @param since older records are not looked at
   * @throws NoTopicsException if the brokers do not answer or lack the topics
   */
  public Explanation explain(String id, Instant since) {
    List<DecisionStep> decisions =
        records(
            settings.topics().decisions().name(),
            id,
            since,
            value -> DecisionStep.of(codecs.decisions().decode(value)));
    List<Ending> answers =
        records(
            settings.topics().answers().name(),
            id,
            since,
            value -> Endings.of(codecs.answers().decode(value)));
    List<Ending> letters = answers.isEmpty() ? deadLetters(id, since) : List.of();
    return new Explanation(
        id, decisions, answers.stream().findFirst().or(() -> letters.stream().findFirst()));
  }

  /** Dead letters are keyed by the record that died, which may be work: any partition. */
  private List<Ending> deadLetters(String id, Instant since) {
    String questions = settings.topics().questions().name();
    List<Optional<Ending>> found =
        read(
            settings.topics().deadLetters().name(),
            partitions -> partitions,
            since,
            dead -> {
              var letter = codecs.deadLetters().decode(dead.value());
              return Endings.questionId(letter, questions)
                  .filter(id::equals)
                  .map(ended -> Endings.of(letter, id));
            });
    return found.stream().flatMap(Optional::stream).toList();
  }

  private <T> List<T> records(String topic, String id, Instant since, Function<byte[], T> decode) {
    List<Optional<T>> found =
        read(
            topic,
            partitions -> List.of(Partitions.of(id, partitions)),
            since,
            kept ->
                id.equals(kept.key()) ? Optional.of(decode.apply(kept.value())) : Optional.empty());
    return found.stream().flatMap(Optional::stream).toList();
  }

  /** Reads from a time to where the partitions end now. */
  private <T> List<Optional<T>> read(
      String topic,
      Function<List<TopicPartition>, List<TopicPartition>> chosen,
      Instant since,
      Function<ConsumerRecord<String, byte[]>, Optional<T>> reading) {
    List<Optional<T>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            settings.consumer(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = chosen.apply(Partitions.of(consumer, topic, settings));
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      seek(consumer, partitions, ends, since);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<String, byte[]> kept : consumer.poll(POLL)) {
          if (kept.value() != null) {
            found.add(decoded(kept, reading));
          }
        }
      }
    }
    return found;
  }

  /** What cannot be decoded is none of the question's records. */
  private static <T> Optional<T> decoded(
      ConsumerRecord<String, byte[]> kept,
      Function<ConsumerRecord<String, byte[]>, Optional<T>> reading) {
    try {
      return reading.apply(kept);
    } catch (UndecodableRecordException e) {
      return Optional.empty();
    }
  }

  private static void seek(
      KafkaConsumer<String, byte[]> consumer,
      List<TopicPartition> partitions,
      Map<TopicPartition, Long> ends,
      Instant since) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, Math.max(0, since.toEpochMilli())));
    Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp start = starts.get(partition);
      consumer.seek(partition, start == null ? ends.getOrDefault(partition, 0L) : start.offset());
    }
  }
}
