package dev.refrain.topology.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.gpuworkers.pool.ShareGroupSettings;
import dev.refrain.gpuworkers.pool.Worker;
import dev.refrain.gpuworkers.pool.WorkerEvent;
import dev.refrain.schemas.avro.DeadLetter;
import dev.refrain.schemas.avro.FailureKind;
import dev.refrain.schemas.avro.WorkFailure;
import dev.refrain.schemas.avro.WorkResult;
import dev.refrain.schemas.registry.InProcessRegistry;
import dev.refrain.schemas.serde.TopicCodec;
import dev.refrain.topology.harness.BrokerUnderTest;
import dev.refrain.topology.harness.OnEachBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** What a share group and its workers do on a real broker. */
@Timeout(60)
class WorkerIT {
  private static final Duration LOCK = Duration.ofSeconds(2);
  private static final Duration LONGER_THAN_THE_LOCK = LOCK.multipliedBy(8).dividedBy(5);
  private static final ShareGroupSettings GROUP = ShareGroupSettings.embedded().withLock(LOCK);

  private final InProcessRegistry registry = InProcessRegistry.inMemory();
  private final Queue<String> served = new ConcurrentLinkedQueue<>();
  private PoolOnBroker pool;

  @BeforeEach
  void connect(BrokerUnderTest broker, TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    pool = new PoolOnBroker(broker.bootstrapServers(), name, 1, registry);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @OnEachBroker
  void sharesOnePartitionAmongWorkers() {
    pool.create(GROUP);
    IntStream.range(0, 40).forEach(i -> pool.ask("q" + i));
    pool.start("one", 2, lasting(Duration.ofMillis(50)));
    pool.start("two", 2, lasting(Duration.ofMillis(50)));
    List<WorkResult> results = pool.results(40);

    assertThat(results).extracting(WorkResult::getQuestionId).doesNotHaveDuplicates();
    assertThat(results).extracting(WorkResult::getWorker).contains("one", "two");
    assertThat(results).extracting(WorkResult::getDelivery).containsOnly(1);
  }

  @OnEachBroker
  void answersAShortRequestWhileALongOneRuns() {
    pool.create(GROUP);
    PoolService long30s = lasting(Duration.ofSeconds(30));
    PoolService instant = lasting(Duration.ZERO);
    pool.start(
        "one",
        4,
        request -> (request.getQuestionId().equals("long") ? long30s : instant).submit(request));
    pool.ask("long");
    awaitServed("long");
    Instant asked = Instant.now();
    IntStream.range(0, 6).forEach(i -> pool.ask("short" + i));

    assertThat(pool.results(6)).extracting(WorkResult::getDelivery).containsOnly(1);
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(served).containsOnlyOnce("long");
  }

  @OnEachBroker
  void keepsWorkThatLastsLongerThanTheLock() {
    pool.create(GROUP);
    pool.start("one", 2, lasting(LONGER_THAN_THE_LOCK));
    pool.start("two", 2, lasting(LONGER_THAN_THE_LOCK));
    pool.ask("long");
    List<WorkResult> results = pool.results(1);

    assertThat(results.getFirst().getDelivery()).isEqualTo(1);
    assertThat(pool.counters().count(WorkerEvent.RENEWED)).isGreaterThanOrEqualTo(2);
    assertThat(pool.resultsWithin(LOCK.plusSeconds(1))).isEmpty();
    assertThat(served).containsExactly("long");
  }

  /** The control of the test before: the same work where the broker grants no renewal. */
  @OnEachBroker
  void getsWorkAgainWhoseLockWasNotRenewed() {
    pool.create(
        new ShareGroupSettings(
            LOCK, GROUP.session(), GROUP.heartbeat(), GROUP.deliveryLimit(), false));
    pool.start("one", 2, lasting(LONGER_THAN_THE_LOCK));
    pool.start("two", 2, lasting(LONGER_THAN_THE_LOCK));
    pool.ask("long");
    List<WorkResult> results = pool.results(2);

    assertThat(served).hasSizeGreaterThanOrEqualTo(2).containsOnly("long");
    assertThat(results).extracting(WorkResult::getDelivery).contains(1, 2);
    assertThat(pool.counters().count(WorkerEvent.RENEWED)).isZero();
  }

  @OnEachBroker
  void handsRunningWorkToAnotherWorkerWhenItClosesWithoutGrace() throws InterruptedException {
    pool.create(ShareGroupSettings.embedded());
    CountDownLatch begun = new CountDownLatch(1);
    PoolService endless =
        request -> {
          begun.countDown();
          return lasting(Duration.ofSeconds(30)).submit(request);
        };
    Worker one = pool.start("one", 2, endless);
    pool.ask("a");
    pool.ask("b");
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    pool.start("two", 2, lasting(Duration.ZERO));
    Instant closed = Instant.now();
    one.close();
    List<WorkResult> results = pool.results(2);

    assertThat(Duration.between(closed, Instant.now())).isLessThan(Duration.ofSeconds(10));
    assertThat(results).extracting(WorkResult::getWorker).containsOnly("two");
    assertThat(results).extracting(WorkResult::getDelivery).contains(2).doesNotContain(3);
  }

  @OnEachBroker
  void endsPoisonAtTheDeliveryLimitAndItsNeighboursAtOnce() {
    pool.create(GROUP);
    IntStream.range(0, 5).forEach(i -> pool.ask(i == 2 ? "bad" : "q" + i));
    PoolService picky =
        request -> {
          if (request.getQuestionId().equals("bad")) {
            throw new IllegalStateException("cannot digest it");
          }
          return lasting(Duration.ZERO).submit(request);
        };
    pool.start("one", 10, picky);
    List<WorkResult> results = pool.results(5);

    WorkResult poison = results.getLast();
    assertThat(poison.getQuestionId()).isEqualTo("bad");
    assertThat(poison.getDelivery()).isEqualTo(3);
    WorkFailure failure = (WorkFailure) poison.getOutcome();
    assertThat(failure.getKind()).isEqualTo(FailureKind.POISON);
    assertThat(failure.getReason()).contains("cannot digest it");
    assertThat(failure.getRequest().array()).isEqualTo(pool.encoded("bad"));
    assertThat(results.subList(0, 4)).extracting(WorkResult::getDelivery).containsOnly(1);
    assertThat(pool.resultsWithin(LOCK.plusSeconds(1))).isEmpty();
  }

  @OnEachBroker
  void buriesForeignBytesOnce() {
    pool.create(GROUP);
    pool.askForeignBytes("{}");
    pool.ask("good");
    pool.start("one", 10, lasting(Duration.ZERO));

    assertThat(pool.results(1)).extracting(WorkResult::getQuestionId).containsExactly("good");
    DeadLetter letter =
        new TopicCodec<DeadLetter>(DeadLetter.getClassSchema(), registry)
            .decode(pool.deadLetters(1).getFirst().value());
    assertThat(letter.getStage()).isEqualTo(PoolOnBroker.POOL);
    assertThat(letter.getOffset()).isZero();
    assertThat(letter.getValue().array()).isEqualTo("{}".getBytes(UTF_8));
  }

  @OnEachBroker
  void doesOnlyWhatIsCommitted() {
    pool.create(GROUP);
    pool.start("one", 10, lasting(Duration.ZERO));
    try (KafkaProducer<byte[], byte[]> producer = pool.producer(Map.of("transactional.id", "t"))) {
      producer.initTransactions();
      producer.beginTransaction();
      PoolOnBroker.send(producer, pool.request("aborted"));
      producer.abortTransaction();
      producer.beginTransaction();
      PoolOnBroker.send(producer, pool.request("committed"));
      assertThat(pool.resultsWithin(Duration.ofSeconds(2))).isEmpty();
      producer.commitTransaction();
    }

    assertThat(pool.results(1)).extracting(WorkResult::getQuestionId).containsExactly("committed");
    assertThat(pool.resultsWithin(Duration.ofSeconds(1))).isEmpty();
    assertThat(served).containsExactly("committed");
  }

  private void awaitServed(String id) {
    while (!served.contains(id)) {
      Thread.onSpinWait();
    }
  }

  private PoolService lasting(Duration duration) {
    return new Lasting(duration, served);
  }
}
