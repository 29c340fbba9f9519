package dev.refrain.topology.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.schemas.avro.Status;
import dev.refrain.topology.harness.BrokerUnderTest;
import dev.refrain.topology.harness.OnEachBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Five hundred questions in flight while the process that runs the topology is killed. */
@Timeout(120)
class TopologySurvivalIT {
  @TempDir Path folder;

  @OnEachBroker
  void killedTopologyAnswersEveryQuestionExactlyOnce(BrokerUnderTest broker) throws Exception {
    killedTopologyAnswersEveryQuestionOnce(broker, "exactly-once");
  }

  @OnEachBroker
  void killedTopologyAnswersEveryQuestionOnceUnderAtLeastOnce(BrokerUnderTest broker)
      throws Exception {
    killedTopologyAnswersEveryQuestionOnce(broker, "at-least-once");
  }

  @OnEachBroker
  void killedTopologyKeepsTheDeadlinesOfPendingQuestions(BrokerUnderTest broker) throws Exception {
    try (Flight flight = new Flight(folder, broker.bootstrapServers())) {
      List<String> settings = flight.settings(flight.withoutWorkers());
      try (RefrainProcess killed = RefrainProcess.start(RefrainProcess.TOPOLOGY, settings)) {
        flight.ask(Duration.ofSeconds(20));
        flight.awaitAllPending();
        killed.kill();
      }
      try (RefrainProcess _ = RefrainProcess.start(RefrainProcess.TOPOLOGY, settings)) {
        flight.awaitLanding();
      }
      flight.assertEachEndedOnce(Status.FAILED);
    }
  }

  private void killedTopologyAnswersEveryQuestionOnce(BrokerUnderTest broker, String guarantee)
      throws Exception {
    try (Flight flight =
            new Flight(folder, broker.bootstrapServers(), "stream.guarantee=" + guarantee);
        Workers _ = flight.work()) {
      List<String> settings = flight.settings(flight.withoutWorkers());
      try (RefrainProcess killed = RefrainProcess.start(RefrainProcess.TOPOLOGY, settings)) {
        flight.ask();
        flight.awaitAnswered(100);
        killed.kill();
      }
      assertThat(flight.answered()).as("questions answered").hasSizeLessThan(Flight.QUESTIONS);
      try (RefrainProcess _ = RefrainProcess.start(RefrainProcess.TOPOLOGY, settings)) {
        flight.awaitLanding();
      }
      flight.assertEachAnsweredOnce();
    }
  }
}
