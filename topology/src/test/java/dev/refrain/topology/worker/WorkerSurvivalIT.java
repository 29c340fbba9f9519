package dev.refrain.topology.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.gpuworkers.pool.ShareGroupSettings;
import dev.refrain.schemas.avro.FailureKind;
import dev.refrain.schemas.avro.Reranked;
import dev.refrain.schemas.avro.WorkFailure;
import dev.refrain.schemas.avro.WorkResult;
import dev.refrain.schemas.registry.InProcessRegistry;
import dev.refrain.topology.broker.BrokerSettings;
import dev.refrain.topology.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the work when workers or the broker are killed. */
@Timeout(120)
class WorkerSurvivalIT {
  private static final int PARTITIONS = 4;

  @TempDir Path folder;

  private final Queue<String> served = new ConcurrentLinkedQueue<>();
  private EmbeddedBroker broker;
  private InProcessRegistry registry;
  private PoolOnBroker pool;
  private String name;

  @BeforeEach
  void startBroker(TestInfo test) {
    broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("broker")));
    registry = InProcessRegistry.in(folder.resolve("registry"));
    name = test.getTestMethod().orElseThrow().getName();
    pool =
        new PoolOnBroker(broker.bootstrapServers(), name, PARTITIONS, registry)
            .create(ShareGroupSettings.embedded());
  }

  @AfterEach
  void stopBroker() {
    pool.close();
    broker.close();
  }

  @Test
  void losesNothingWhenAWorkerIsKilledInsideABatch() throws Exception {
    try (WorkerProcess process = process()) {
      askForHundred("stuck");
      process.awaitAsked("stuck");
      process.kill();
    }
    pool.start("other", 100, new Lasting(Duration.ZERO, served));

    assertThat(questionsAnswered(100)).hasSize(100);
  }

  @Test
  void handsEverythingOverWhenAWorkerIsTerminated() throws Exception {
    try (WorkerProcess process = process()) {
      askForHundred("stuck");
      process.awaitAsked("stuck");
      process.terminate();
    }
    pool.start("other", 100, new Lasting(Duration.ZERO, served));

    assertThat(questionsAnswered(100)).hasSize(100);
  }

  @Test
  void endsWhatKillsItsWorkersAndNothingElse() throws Exception {
    askForHundred("killer");
    for (int i = 0; i < 3; i++) {
      try (WorkerProcess process = process()) {
        assertThat(process.ended()).as("killed by delivery %d", i + 1).isTrue();
      }
    }
    pool.start("other", 100, new Lasting(Duration.ZERO, served));
    List<WorkResult> results = pool.results(100);

    assertThat(served).doesNotContain("killer");
    for (WorkResult result : results) {
      if (result.getQuestionId().equals("killer")) {
        WorkFailure failure = (WorkFailure) result.getOutcome();
        assertThat(failure.getKind()).isEqualTo(FailureKind.POISON);
        assertThat(failure.getReason()).contains("Delivered 4 times", "killed its workers");
      } else {
        assertThat(result.getOutcome()).isInstanceOf(Reranked.class);
      }
    }
    assertThat(results).extracting(WorkResult::getQuestionId).contains("killer");
  }

  @Test
  void carriesOnAfterARestartOfTheBroker() {
    pool.start("one", 2, new Lasting(Duration.ofMillis(100), served));
    askForHundred("q0");
    pool.results(10);
    int port = broker.port();
    broker.close();
    broker = EmbeddedBroker.start(new BrokerSettings(folder.resolve("broker"), port));

    assertThat(questionsAnswered(90)).hasSizeGreaterThanOrEqualTo(90);
  }

  private WorkerProcess process() {
    return WorkerProcess.start(
        broker.bootstrapServers(), name, PARTITIONS, folder.resolve("registry"));
  }

  private void askForHundred(String special) {
    IntStream.range(0, 100).forEach(i -> pool.ask(i == 50 ? special : "question " + i));
  }

  private Set<String> questionsAnswered(int count) {
    Set<String> questions = new TreeSet<>();
    while (questions.size() < count) {
      pool.results(1).forEach(result -> questions.add(result.getQuestionId()));
    }
    return questions;
  }
}
