package dev.refrain.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.gpuworkers.pool.ShareGroupSettings;
import dev.refrain.gpuworkers.pool.ShareGroups;
import dev.refrain.gpuworkers.pool.Worker;
import dev.refrain.gpuworkers.pool.WorkerCounters;
import dev.refrain.gpuworkers.pool.WorkerEvent;
import dev.refrain.gpuworkers.pool.WorkerSettings;
import dev.refrain.gpuworkers.pool.WorkerSurroundings;
import dev.refrain.schemas.TopicSpec;
import dev.refrain.schemas.Topics;
import dev.refrain.schemas.avro.DeadLetter;
import dev.refrain.schemas.avro.FailureKind;
import dev.refrain.schemas.avro.Rerank;
import dev.refrain.schemas.avro.Reranked;
import dev.refrain.schemas.avro.WorkFailure;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.schemas.avro.WorkResult;
import dev.refrain.schemas.registry.InProcessRegistry;
import dev.refrain.schemas.serde.TopicCodec;
import dev.refrain.topology.broker.BrokerSettings;
import dev.refrain.topology.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers against a real broker: what the share group does, and what the fakes only believe. */
@Timeout(60)
class WorkerIT {
  private static final String POOL = Topics.RERANK;
  private static final Duration LOCK = Duration.ofSeconds(2);
  private static final ShareGroupSettings GROUP = new ShareGroupSettings(LOCK, 10, true);

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static Admin admin;

  private final InProcessRegistry registry = InProcessRegistry.inMemory();
  private final WorkerCounters counters = new WorkerCounters();
  private final Queue<String> served = new ConcurrentLinkedQueue<>();
  private final List<Worker> workers = new ArrayList<>();
  private Topics topics;
  private KafkaConsumer<byte[], byte[]> reader;
  private KafkaProducer<byte[], byte[]> asker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start(BrokerSettings.in(folder));
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stopBroker() {
    admin.close();
    broker.close();
  }

  @BeforeEach
  void createTopics(TestInfo test) throws Exception {
    String prefix = test.getTestMethod().orElseThrow().getName() + ".";
    topics = new Topics(prefix, 1, Duration.ofDays(1), Duration.ofDays(1));
    List<TopicSpec> specs = List.of(topics.work(POOL), topics.results(), topics.deadLetters());
    admin
        .createTopics(
            specs.stream()
                .map(s -> new NewTopic(s.name(), Optional.of(1), Optional.empty()))
                .toList())
        .all()
        .get();
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    reader = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    asker = producer(Map.of());
  }

  @AfterEach
  void close() {
    workers.forEach(Worker::close);
    reader.close();
    asker.close();
  }

  @Test
  void sharesOnePartitionAmongWorkers() {
    IntStream.range(0, 40).forEach(i -> ask("q" + i));
    ShareGroups.configure(admin, group(), GROUP);
    start("one", 2, lasting(Duration.ofMillis(50)));
    start("two", 2, lasting(Duration.ofMillis(50)));
    List<WorkResult> results = results(40);

    assertThat(results).extracting(WorkResult::getQuestionId).doesNotHaveDuplicates();
    assertThat(results).extracting(WorkResult::getWorker).contains("one", "two");
    assertThat(results).extracting(WorkResult::getDelivery).containsOnly(1);
  }

  @Test
  void keepsWorkThatLastsLongerThanTheLock() {
    ShareGroups.configure(admin, group(), GROUP);
    start("one", 2, lasting(LOCK.multipliedBy(8).dividedBy(5)));
    start("two", 2, lasting(LOCK.multipliedBy(8).dividedBy(5)));
    ask("long");
    List<WorkResult> results = results(1);

    assertThat(served).containsExactly("long");
    assertThat(results.getFirst().getDelivery()).isEqualTo(1);
    assertThat(counters.count(WorkerEvent.RENEWED)).isGreaterThanOrEqualTo(2);
    assertThat(moreResultsWithin(LOCK.plusSeconds(2))).isEmpty();
    assertThat(served).containsExactly("long");
  }

  /** The control of the test before: the same work where the broker grants no renewal. */
  @Test
  void getsWorkAgainWhoseLockWasNotRenewed() {
    ShareGroups.configure(admin, group(), new ShareGroupSettings(LOCK, 10, false));
    start("one", 2, lasting(LOCK.multipliedBy(8).dividedBy(5)));
    start("two", 2, lasting(LOCK.multipliedBy(8).dividedBy(5)));
    ask("long");
    List<WorkResult> results = results(2);

    assertThat(served).hasSizeGreaterThanOrEqualTo(2).containsOnly("long");
    assertThat(results).extracting(WorkResult::getDelivery).contains(1, 2);
    assertThat(counters.count(WorkerEvent.RENEWED)).isZero();
  }

  @Test
  void handsRunningWorkToAnotherWorkerWhenItClosesWithoutGrace() throws InterruptedException {
    ShareGroups.configure(admin, group(), ShareGroupSettings.defaults());
    CountDownLatch begun = new CountDownLatch(1);
    Worker one =
        start(
            "one",
            2,
            requests -> {
              begun.countDown();
              return lasting(Duration.ofSeconds(30)).serve(requests);
            });
    ask("a");
    ask("b");
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    start("two", 2, lasting(Duration.ZERO));
    Instant closed = Instant.now();
    one.close();
    List<WorkResult> results = results(2);

    assertThat(Duration.between(closed, Instant.now())).isLessThan(Duration.ofSeconds(10));
    assertThat(results).extracting(WorkResult::getWorker).containsOnly("two");
    assertThat(results).extracting(WorkResult::getDelivery).contains(2);
  }

  @Test
  void endsPoisonAtTheDeliveryLimitAndItsNeighboursAtOnce() {
    ShareGroups.configure(admin, group(), GROUP);
    IntStream.range(0, 5).forEach(i -> ask(i == 2 ? "bad" : "q" + i));
    start(
        "one",
        10,
        requests -> {
          if (requests.stream().anyMatch(r -> r.getQuestionId().equals("bad"))) {
            throw new IllegalStateException("cannot digest it");
          }
          return lasting(Duration.ZERO).serve(requests);
        });
    List<WorkResult> results = results(5);

    WorkResult poison = results.getLast();
    assertThat(poison.getQuestionId()).isEqualTo("bad");
    assertThat(poison.getDelivery()).isEqualTo(3);
    assertThat(poison.getOutcome())
        .isInstanceOfSatisfying(
            WorkFailure.class,
            failure -> {
              assertThat(failure.getKind()).isEqualTo(FailureKind.POISON);
              assertThat(failure.getReason()).contains("cannot digest it");
              assertThat(failure.getRequest().array()).isEqualTo(encoded("bad"));
            });
    assertThat(results.subList(0, 4)).extracting(WorkResult::getDelivery).containsOnly(1);
    assertThat(moreResultsWithin(LOCK.plusSeconds(1))).isEmpty();
  }

  @Test
  void buriesForeignBytesOnce() {
    ShareGroups.configure(admin, group(), GROUP);
    send(asker, new ProducerRecord<>(topics.work(POOL).name(), null, "{}".getBytes(UTF_8)));
    ask("good");
    start("one", 10, lasting(Duration.ZERO));

    assertThat(results(1)).extracting(WorkResult::getQuestionId).containsExactly("good");
    List<ConsumerRecord<byte[], byte[]>> letters =
        read(topics.deadLetters().name(), 1, Duration.ofSeconds(10));
    DeadLetter letter =
        new TopicCodec<DeadLetter>(DeadLetter.getClassSchema(), registry)
            .decode(letters.getFirst().value());
    assertThat(letter.getStage()).isEqualTo(POOL);
    assertThat(letter.getOffset()).isZero();
    assertThat(letter.getValue().array()).isEqualTo("{}".getBytes(UTF_8));
  }

  @Test
  void doesOnlyWhatIsCommitted() {
    ShareGroups.configure(admin, group(), GROUP);
    start("one", 10, lasting(Duration.ZERO));
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", "t"))) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, request("aborted"));
      producer.abortTransaction();
      producer.beginTransaction();
      send(producer, request("committed"));
      assertThat(moreResultsWithin(Duration.ofSeconds(2))).isEmpty();
      producer.commitTransaction();
    }

    assertThat(results(1)).extracting(WorkResult::getQuestionId).containsExactly("committed");
    assertThat(moreResultsWithin(Duration.ofSeconds(1))).isEmpty();
    assertThat(served).containsExactly("committed");
  }

  private Worker start(String name, int maxBatch, PoolService service) {
    WorkerSettings settings =
        new WorkerSettings(
            POOL,
            group(),
            name,
            maxBatch,
            3,
            Duration.ofSeconds(10),
            Duration.ZERO,
            Map.of("bootstrap.servers", broker.bootstrapServers()));
    WorkerSurroundings surroundings =
        new WorkerSurroundings(topics, registry, InstantSource.system(), counters);
    Worker worker = Worker.connect(settings, surroundings, service);
    workers.add(worker);
    Thread.ofPlatform().name(name).start(worker);
    return worker;
  }

  private PoolService lasting(Duration duration) {
    return requests -> {
      requests.forEach(request -> served.add(request.getQuestionId()));
      try {
        Thread.sleep(duration);
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
      return requests.stream()
          .<Outcome>map(r -> new Outcome.Done(new Reranked(List.of()), 0))
          .toList();
    };
  }

  private String group() {
    return topics.prefix() + "group";
  }

  private void ask(String id) {
    send(asker, request(id));
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private ProducerRecord<byte[], byte[]> request(String id) {
    return new ProducerRecord<>(topics.work(POOL).name(), id.getBytes(UTF_8), encoded(id));
  }

  private byte[] encoded(String id) {
    Instant now = Instant.ofEpochMilli(0);
    Rerank work = new Rerank(id, List.of());
    WorkRequest request =
        new WorkRequest(
            "work-" + id,
            id,
            POOL,
            1,
            now,
            Instant.ofEpochMilli(4_000_000_000_000L),
            "",
            null,
            work);
    return new TopicCodec<WorkRequest>(WorkRequest.getClassSchema(), registry)
        .encode(topics.work(POOL).name(), request);
  }

  private List<WorkResult> results(int count) {
    List<WorkResult> results =
        read(topics.results().name(), count, Duration.ofSeconds(30)).stream()
            .map(this::result)
            .toList();
    assertThat(results).hasSizeGreaterThanOrEqualTo(count);
    return results;
  }

  /** Goes on where the last call ended. */
  private List<WorkResult> moreResultsWithin(Duration time) {
    return read(topics.results().name(), Integer.MAX_VALUE, time).stream()
        .map(this::result)
        .toList();
  }

  private WorkResult result(ConsumerRecord<byte[], byte[]> record) {
    return new TopicCodec<WorkResult>(WorkResult.getClassSchema(), registry).decode(record.value());
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic, int count, Duration time) {
    TopicPartition partition = new TopicPartition(topic, 0);
    if (!reader.assignment().contains(partition)) {
      reader.assign(List.of(partition));
      reader.seekToBeginning(List.of(partition));
    }
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Instant end = Instant.now().plus(time);
    while (records.size() < count && Instant.now().isBefore(end)) {
      reader.poll(Duration.ofMillis(50)).forEach(records::add);
    }
    return records;
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
