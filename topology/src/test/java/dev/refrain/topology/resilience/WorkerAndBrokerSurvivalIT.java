package dev.refrain.topology.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.topology.broker.BrokerSettings;
import dev.refrain.topology.broker.EmbeddedBroker;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.serve.Server;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Five hundred questions in flight while a worker is killed or the broker is restarted. */
@Timeout(120)
class WorkerAndBrokerSurvivalIT {
  @TempDir Path folder;

  private EmbeddedBroker broker;

  @BeforeEach
  void startBroker() {
    broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("kafka")));
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void killedWorkerLosesAndDoublesNothing() throws Exception {
    try (Flight flight = new Flight(folder, broker.bootstrapServers());
        Server _ = serve(flight.configuration(flight.withoutWorkers()))) {
      try (RefrainProcess killed =
          RefrainProcess.start(RefrainProcess.WORKERS, flight.settings())) {
        flight.ask();
        killed.await(RefrainProcess.STUCK);
        killed.kill();
      }
      assertThat(flight.answered()).hasSizeLessThan(Flight.QUESTIONS);
      try (Workers _ = flight.work()) {
        flight.awaitLanding();
      }
      flight.assertEachAnsweredOnce();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly-once", "at-least-once"})
  void restartedBrokerLosesAndDoublesNothing(String guarantee) throws Exception {
    try (Flight flight =
            new Flight(folder, broker.bootstrapServers(), "stream.guarantee=" + guarantee);
        Server _ = serve(flight.configuration())) {
      flight.ask();
      flight.awaitAnswered(100);
      int port = broker.port();
      broker.close();
      broker = EmbeddedBroker.start(new BrokerSettings(folder.resolve("kafka"), port));
      assertThat(flight.answered()).hasSizeLessThan(Flight.QUESTIONS);

      flight.awaitLanding();
      flight.assertEachAnsweredOnce();
    }
  }

  private static Server serve(Configuration configuration) throws InterruptedException {
    return Server.startWith(
        configuration, InstantSource.system(), new SimpleMeterRegistry(), SlowPools::new);
  }
}
