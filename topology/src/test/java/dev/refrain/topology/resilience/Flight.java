package dev.refrain.topology.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.schemas.TopicSpec;
import dev.refrain.schemas.Topics;
import dev.refrain.schemas.avro.Question;
import dev.refrain.schemas.avro.Status;
import dev.refrain.schemas.registry.InProcessRegistry;
import dev.refrain.schemas.serde.Codecs;
import dev.refrain.topology.broker.TopicCreator;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.serve.SmallWorld;
import dev.refrain.topology.serve.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Five hundred questions asked of a topology at once, and what has become of them. */
final class Flight implements AutoCloseable {
  static final int QUESTIONS = 500;

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Longer than any test: nothing may end by its deadline. */
  private static final Duration TIME_LIMIT = Duration.ofMinutes(10);

  private final String name = "flight-" + UUID.randomUUID().toString().substring(0, 8);
  private final String bootstrapServers;
  private final SmallWorld world;
  private final List<String> settings;
  private final Topics topics;
  private final InProcessRegistry registry;
  private final Admin admin;

  /**
   * Makes topics of its own on a broker.
   *
   * @param folder for the index, the state and the schemas
   * @param sets more of the configuration as {@code key=value} texts
   */
  Flight(Path folder, String bootstrapServers, String... sets) throws Exception {
    this.bootstrapServers = bootstrapServers;
    world = SmallWorld.in(folder);
    List<String> all =
        new ArrayList<>(
            List.of(
                "kafka.bootstrapServers=" + bootstrapServers,
                "topics.prefix=" + name + ".",
                "stream.applicationId=" + name,
                "workers.rerank.maxInFlight=16",
                "workers.lm.maxInFlight=4",
                "workers.rerank.lockDuration=15s",
                "workers.lm.lockDuration=15s"));
    all.addAll(List.of(sets));
    settings = world.settings(all.toArray(String[]::new));
    topics = configuration().topics().topics();
    registry = InProcessRegistry.in(folder.resolve("broker").resolve("schemas"));
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    new TopicCreator(admin, (short) 1, LIMIT).create(topics.all());
  }

  /** The configuration as {@code key=value} texts, with others over it. */
  List<String> settings(String... sets) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of(sets));
    return all;
  }

  Configuration configuration(String... sets) {
    return Configuration.load(Optional.empty(), settings(sets));
  }

  /** The configuration of a process without workers. */
  String[] withoutWorkers() {
    return new String[] {"workers.rerank.count=0", "workers.lm.count=0"};
  }

  /** Starts workers in this process. */
  Workers work() throws InterruptedException {
    return Workers.start(configuration(), new SlowPools());
  }

  /** Sends all questions, with time enough for whatever happens. */
  void ask() {
    ask(TIME_LIMIT);
  }

  /** Sends all questions with a time limit. */
  void ask(Duration timeLimit) {
    var codec = Codecs.over(registry).questions();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < QUESTIONS; i++) {
        Question question =
            Question.newBuilder()
                .setId("q" + i)
                .setText(world.question(i))
                .setTask("qa")
                .setAskedAt(now)
                .setDeadline(now.plus(timeLimit))
                .setAttributes(Map.of())
                .build();
        String topic = topics.questions().name();
        var unused =
            producer.send(
                new ProducerRecord<>(topic, question.getId(), codec.encode(topic, question)));
      }
    }
  }

  /** Waits until at least so many different questions are answered. */
  void awaitAnswered(int count) throws InterruptedException {
    while (answered().size() < count) {
      Thread.sleep(100);
    }
  }

  /** The questions that have an answer. */
  Set<String> answered() {
    return new HashSet<>(keys(topics.answers()));
  }

  /** Waits until every question is answered and nothing is left that could answer one again. */
  void awaitLanding() throws Exception {
    awaitAnswered(QUESTIONS);
    for (int quiet = 0; quiet < 5; quiet = idle() ? quiet + 1 : 0) {
      Thread.sleep(200);
    }
  }

  /** Waits until all questions are taken in and committed, and none has ended. */
  void awaitAllPending() throws Exception {
    while (keys(topics.work(Topics.RERANK)).size() < QUESTIONS || !idle()) {
      Thread.sleep(100);
    }
  }

  /** Whether the topology has committed all questions and results. */
  private boolean idle() throws Exception {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata().get();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int i = 0; i < topics.partitions(); i++) {
      latest.put(new TopicPartition(topics.questions().name(), i), OffsetSpec.latest());
      latest.put(new TopicPartition(topics.results().name(), i), OffsetSpec.latest());
    }
    return admin.listOffsets(latest).all().get().entrySet().stream()
        .allMatch(end -> end.getValue().offset() == offset(committed.get(end.getKey())));
  }

  private static long offset(@Nullable OffsetAndMetadata committed) {
    return committed == null ? 0 : committed.offset();
  }

  /** Fails unless each question has one answer, and none a dead letter. */
  void assertEachAnsweredOnce() {
    assertEachEndedOnce(Status.ANSWERED);
  }

  /** Fails unless each question has one record on the topic of answers, and none a dead letter. */
  void assertEachEndedOnce(Status status) {
    Map<String, Integer> count = new HashMap<>();
    IntStream.range(0, QUESTIONS).forEach(i -> count.put("q" + i, 0));
    keys(topics.answers()).forEach(id -> count.merge(id, 1, Integer::sum));
    count.values().removeIf(answers -> answers == 1);

    assertThat(count).as("questions with other than one answer").isEmpty();
    assertThat(statuses()).containsOnly(status);
    assertThat(keys(topics.deadLetters())).as("dead letters").isEmpty();
  }

  private Set<Status> statuses() {
    var codec = Codecs.over(registry).answers();
    return Topic.records(bootstrapServers, topics.answers().name()).stream()
        .map(record -> codec.decode(record.getValue()).getStatus())
        .collect(Collectors.toSet());
  }

  private List<String> keys(TopicSpec topic) {
    return Topic.records(bootstrapServers, topic.name()).stream().map(Map.Entry::getKey).toList();
  }

  @Override
  public void close() {
    admin.close();
    registry.close();
  }
}
