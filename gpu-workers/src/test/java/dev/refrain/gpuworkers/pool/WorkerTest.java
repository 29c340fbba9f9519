package dev.refrain.gpuworkers.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.schemas.Topics;
import dev.refrain.schemas.avro.DeadLetter;
import dev.refrain.schemas.avro.FailureKind;
import dev.refrain.schemas.avro.Generated;
import dev.refrain.schemas.avro.WorkFailure;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.schemas.avro.WorkResult;
import dev.refrain.schemas.registry.InProcessRegistry;
import dev.refrain.schemas.serde.TopicCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final InProcessRegistry registry = InProcessRegistry.inMemory();
  private final WorkerCounters counters = new WorkerCounters();
  private final FakeShareConsumer consumer = new FakeShareConsumer();
  private final FakeShareConsumer second = new FakeShareConsumer();
  private final List<String> served = new CopyOnWriteArrayList<>();
  private final Map<String, List<String>> committedBefore = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final CompletableFuture<Outcome> endOfTest = new CompletableFuture<>();
  private volatile int mostAtOnce;
  private MockProducer<byte[], byte[]> producer = producer(true);
  private Duration grace = Duration.ofSeconds(10);
  private PoolService service = this::done;
  private Worker worker = worker();
  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  @AfterEach
  void close() {
    endOfTest.complete(Requests.done());
    worker.close();
  }

  @Test
  void acknowledgesOnlyWhatTheResultsTopicHas() throws InterruptedException {
    producer = producer(false);
    add("a", 1);
    start();

    await(() -> producer.history().size() == 1);
    Thread.sleep(200);
    assertThat(consumer.committed()).isEmpty();

    producer.completeNext();
    await(() -> consumer.committed().equals(List.of("ACCEPT 0")));
    assertThat(counters.count(WorkerEvent.DONE)).isEqualTo(1);
  }

  @Test
  void writesTheResultUnderTheQuestionWithTheTraceOfTheRequest() {
    add("a", 2);
    start();
    await(() -> !consumer.committed().isEmpty());

    ProducerRecord<byte[], byte[]> sent = producer.history().getFirst();
    WorkResult result = result(sent);
    assertThat(sent.topic()).isEqualTo("qa.results");
    assertThat(new String(sent.key(), UTF_8)).isEqualTo("question-a");
    assertThat(sent.headers().lastHeader("traceparent").value()).isEqualTo(TRACE.getBytes(UTF_8));
    assertThat(result.getWorkId()).isEqualTo("work-a");
    assertThat(result.getQuestionId()).isEqualTo("question-a");
    assertThat(result.getPool()).isEqualTo("lm");
    assertThat(result.getPass()).isEqualTo(1);
    assertThat(result.getWorker()).isEqualTo("tester");
    assertThat(result.getDelivery()).isEqualTo(2);
    assertThat(result.getFinishedAt()).isEqualTo(Requests.NOW);
    assertThat(result.getMilliseconds()).isEqualTo(1.5);
    assertThat(result.getOutcome()).isInstanceOf(Generated.class);
  }

  @Test
  void servesTogetherWhatWaits() {
    service = this::never;
    for (String id : List.of("a", "b", "c")) {
      add(id, 1);
    }
    start();

    await(() -> served.equals(List.of("work-a", "work-b", "work-c")));
  }

  @Test
  void answersWhatComesWhileSomethingElseRuns() {
    service = request -> request.getWorkId().equals("work-long") ? never(request) : done(request);
    add("long", 1);
    start();
    await(() -> served.equals(List.of("work-long")));
    add(second, Requests.generate("short"), 1);

    await(() -> second.committed().equals(List.of("ACCEPT 0")));
    assertThat(consumer.committed()).isEmpty();
  }

  @Test
  void acknowledgesEachAsItsResultIsWritten() {
    service = request -> request.getWorkId().equals("work-long") ? never(request) : done(request);
    add("long", 1);
    add("short", 1);
    start();

    await(() -> consumer.committed().equals(List.of("ACCEPT 1")));
  }

  /** What was delivered before may have killed its worker. */
  @Test
  void servesAloneWhatWasDeliveredBefore() {
    CompletableFuture<Outcome> running = new CompletableFuture<>();
    service =
        request -> request.getWorkId().equals("work-a") ? noted(request, running) : done(request);
    add("a", 1);
    add("suspect", 2);
    add("suspicious", 2);
    start();
    await(() -> served.equals(List.of("work-a")));
    add(second, Requests.generate("late"), 1);
    running.complete(Requests.done());
    await(() -> consumer.committed().size() == 3 && second.committed().size() == 1);

    assertThat(committedBefore.get("work-suspicious")).containsExactly("ACCEPT 0", "ACCEPT 1");

    assertThat(served).startsWith("work-a", "work-suspect", "work-suspicious");
    assertThat(mostAtOnce).isEqualTo(1);
  }

  @Test
  void letsAPoisonousRequestTakeNoNeighbourAlong() {
    service =
        request ->
            request.getWorkId().equals("work-bad")
                ? CompletableFuture.failedFuture(new IllegalStateException("cannot digest it"))
                : done(request);
    add("a", 1);
    byte[] bad = add("bad", 1);
    add("c", 1);
    start();
    await(() -> consumer.committed().contains("REJECT 1"));

    assertThat(consumer.committed())
        .containsExactlyInAnyOrder("ACCEPT 0", "RELEASE 1", "ACCEPT 2", "RELEASE 1", "REJECT 1");
    WorkFailure failure = failure(producer.history().getLast());
    assertThat(producer.history()).hasSize(3);
    assertThat(failure.getKind()).isEqualTo(FailureKind.POISON);
    assertThat(failure.getReason())
        .contains("Delivered 3 times, the limit is 3")
        .contains("cannot digest it");
    assertThat(failure.getRequest().array()).isEqualTo(bad);
    assertThat(counters.count(WorkerEvent.POISON)).isEqualTo(1);
    assertThat(counters.count(WorkerEvent.RELEASED)).isEqualTo(2);
  }

  @Test
  void doesNotComputeWhatWasDeliveredTooOften() {
    add("killer", 4);
    start();
    await(() -> consumer.committed().equals(List.of("REJECT 0")));

    assertThat(served).isEmpty();
    assertThat(failure(producer.history().getFirst()).getReason())
        .contains("Delivered 4 times, the limit is 3")
        .contains("may have killed its workers");
  }

  @Test
  void buriesBytesThatAreNoRequest() {
    consumer.add("key".getBytes(UTF_8), "{not avro}".getBytes(UTF_8), 1, TRACE);
    consumer.add("key".getBytes(UTF_8), null, 1, TRACE);
    add("good", 1);
    start();
    await(() -> consumer.committed().size() == 3);

    assertThat(consumer.committed()).containsExactlyInAnyOrder("REJECT 0", "REJECT 1", "ACCEPT 2");
    ProducerRecord<byte[], byte[]> sent = producer.history().getFirst();
    DeadLetter letter =
        new TopicCodec<DeadLetter>(DeadLetter.getClassSchema(), registry).decode(sent.value());
    assertThat(sent.topic()).isEqualTo("qa.dlq");
    assertThat(sent.key()).isEqualTo("key".getBytes(UTF_8));
    assertThat(letter.getStage()).isEqualTo("lm");
    assertThat(letter.getReason()).contains("0x7b");
    assertThat(letter.getTopic()).isEqualTo("qa.work.lm");
    assertThat(letter.getPartition()).isZero();
    assertThat(letter.getOffset()).isZero();
    assertThat(letter.getKey().array()).isEqualTo("key".getBytes(UTF_8));
    assertThat(letter.getValue().array()).isEqualTo("{not avro}".getBytes(UTF_8));
  }

  /** A broker takes about a megabyte; with all of it the letter itself could not be written. */
  @Test
  void keepsOnlyTheBeginningOfVeryLargeBytes() {
    consumer.add(null, new byte[1_000_000], 1, TRACE);
    start();
    await(() -> consumer.committed().equals(List.of("REJECT 0")));

    DeadLetter letter =
        new TopicCodec<DeadLetter>(DeadLetter.getClassSchema(), registry)
            .decode(producer.history().getFirst().value());
    assertThat(letter.getReason()).contains("the first 524288 of 1000000 bytes are kept");
    assertThat(letter.getValue().remaining()).isEqualTo(524_288);
    assertThat(letter.getKey()).isNull();
  }

  @Test
  void doesNotComputeWhatIsPastItsDeadline() {
    add(Requests.generate("late", Requests.NOW), 1);
    add("good", 1);
    start();
    await(() -> consumer.committed().equals(List.of("ACCEPT 0", "ACCEPT 1")));

    assertThat(served).containsExactly("work-good");
    WorkFailure failure = failure(producer.history().getFirst());
    assertThat(failure.getKind()).isEqualTo(FailureKind.EXPIRED);
    assertThat(failure.getReason()).contains("2026-01-01T00:00:00Z");
  }

  @Test
  void passesOnWhyARequestIsRefused() {
    Outcome refused = new Outcome.Refused("too long: 9 tokens of 8");
    service = request -> CompletableFuture.completedFuture(refused);
    add("a", 1);
    start();
    await(() -> consumer.committed().equals(List.of("ACCEPT 0")));

    WorkFailure failure = failure(producer.history().getFirst());
    assertThat(failure.getKind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure.getReason()).isEqualTo("too long: 9 tokens of 8");
    assertThat(failure.getRequest()).isNull();
  }

  @Test
  void renewsTheLocksOfLongWork() {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    service = request -> noted(request, outcome);
    add("a", 1);
    add("b", 1);
    startInRealTime();
    await(() -> counters.count(WorkerEvent.RENEWED) >= 4);
    outcome.complete(Requests.done());
    await(() -> consumer.committed().contains("ACCEPT 1"));

    assertThat(consumer.committed()).startsWith("RENEW 0", "RENEW 1", "RENEW 0", "RENEW 1");
    assertThat(producer.history()).hasSize(2);
  }

  @Test
  void writesTheResultEvenWhereTheLockIsLost() {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    service = request -> noted(request, outcome);
    consumer.failRenewals();
    add("a", 1);
    startInRealTime();
    await(() -> consumer.committed().contains("RENEW 0"));
    outcome.complete(Requests.done());
    await(() -> producer.history().size() == 1);
    worker.close();

    assertThat(consumer.committed()).containsExactly("RENEW 0");
  }

  @Test
  void releasesAtOnceWhatWasNotStartedWhenItCloses() {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    service = request -> noted(request, outcome);
    add("a", 1);
    add("b", 2);
    add("c", 3);
    start();
    await(() -> !served.isEmpty());
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(worker::close, Thread::startVirtualThread);

    await(() -> consumer.committed().equals(List.of("RELEASE 1", "RELEASE 2")));
    assertThat(closing).isNotDone();
    outcome.complete(Requests.done());
    closing.join();
    assertThat(consumer.committed()).containsExactly("RELEASE 1", "RELEASE 2", "ACCEPT 0");
    assertThat(consumer.closed()).isTrue();
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void releasesRunningWorkWhenTheTimeOfGraceIsOver() {
    grace = Duration.ofMillis(50);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    service = request -> noted(request, outcome);
    add("a", 1);
    startInRealTime();
    await(() -> !served.isEmpty());
    worker.close();

    assertThat(outcome).isCancelled();
    assertThat(consumer.committed()).endsWith("RELEASE 0").doesNotContain("ACCEPT 0");
    assertThat(producer.history()).isEmpty();
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void releasesWhatCannotBeWrittenNow() {
    producer = producer(false);
    add("a", 1);
    startInRealTime();
    await(() -> producer.history().size() == 1);
    producer.errorNext(new TimeoutException("no broker"));
    await(() -> producer.history().size() == 2);
    producer.completeNext();
    await(() -> settled().equals(List.of("RELEASE 0", "ACCEPT 0")));
  }

  @Test
  void endsWhereItMayNotWrite() {
    producer = producer(false);
    add("a", 1);
    start();
    await(() -> producer.history().size() == 1);
    producer.errorNext(new TopicAuthorizationException("qa.results"));

    assertThat(running)
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableOfType(ExecutionException.class)
        .withStackTraceContaining("Worker tester cannot write to qa.results");
    assertThat(consumer.committed()).containsExactly("RELEASE 0");
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void closesWhatNeverRan() {
    worker.close();
    worker.close();

    assertThat(consumer.closed()).isTrue();
    assertThat(producer.closed()).isTrue();
  }

  /** What the broker was told but for renewals, of which there are as many as time allows. */
  private List<String> settled() {
    return consumer.committed().stream().filter(told -> !told.startsWith("RENEW")).toList();
  }

  private void start() {
    start(InstantSource.fixed(Requests.NOW));
  }

  /** The clock starts at the time of the requests and goes on. */
  private void startInRealTime() {
    Instant begun = Instant.now();
    start(() -> Requests.NOW.plus(Duration.between(begun, Instant.now())));
  }

  private void start(InstantSource clock) {
    worker = worker(clock);
    running = CompletableFuture.runAsync(worker, Thread::startVirtualThread);
  }

  private Worker worker() {
    return worker(InstantSource.fixed(Requests.NOW));
  }

  private Worker worker(InstantSource clock) {
    WorkerSettings settings =
        new WorkerSettings(
            "lm", "group", "tester", 4, 2, 3, Duration.ofMillis(20), grace, Map.of());
    Topics topics = new Topics("qa.", 1, Duration.ofDays(1), Duration.ofDays(1));
    WorkerSurroundings surroundings = new WorkerSurroundings(topics, registry, clock, counters);
    return new Worker(settings, surroundings, request -> service.submit(request), clients());
  }

  private WorkerClients clients() {
    return new WorkerClients(List.of(consumer, second), producer);
  }

  private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private CompletableFuture<Outcome> done(WorkRequest request) {
    return noted(request, CompletableFuture.completedFuture(Requests.done()));
  }

  /** Not before the test ends. */
  private CompletableFuture<Outcome> never(WorkRequest request) {
    return noted(request, endOfTest);
  }

  private CompletableFuture<Outcome> noted(
      WorkRequest request, CompletableFuture<Outcome> outcome) {
    served.add(request.getWorkId());
    committedBefore.put(request.getWorkId(), consumer.committed());
    mostAtOnce = Math.max(mostAtOnce, inFlight.incrementAndGet());
    var unused = outcome.whenComplete((_, _) -> inFlight.decrementAndGet());
    return outcome;
  }

  private byte[] add(String id, int deliveryCount) {
    return add(Requests.generate(id), deliveryCount);
  }

  private byte[] add(WorkRequest request, int deliveryCount) {
    return add(consumer, request, deliveryCount);
  }

  private byte[] add(FakeShareConsumer consumer, WorkRequest request, int deliveryCount) {
    byte[] bytes =
        new TopicCodec<WorkRequest>(WorkRequest.getClassSchema(), registry)
            .encode("qa.work.lm", request);
    consumer.add(request.getWorkId().getBytes(UTF_8), bytes, deliveryCount, TRACE);
    return bytes;
  }

  private WorkResult result(ProducerRecord<byte[], byte[]> sent) {
    return new TopicCodec<WorkResult>(WorkResult.getClassSchema(), registry).decode(sent.value());
  }

  private WorkFailure failure(ProducerRecord<byte[], byte[]> sent) {
    return (WorkFailure) result(sent).getOutcome();
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plusSeconds(10);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("still waiting").isBefore(end);
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
