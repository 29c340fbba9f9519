package dev.refrain.gpuworkers.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ClosingTest {
  private final Closing closing = new Closing(Duration.ZERO, InstantSource.system());

  @Test
  void letsNothingBeGivenBackWhileAConsumerTakes() throws Exception {
    assertThat(closing.takes()).isTrue();
    closing.ask();
    CompletableFuture<Void> givingBack = CompletableFuture.runAsync(closing::awaitTaken);

    assertThat(givingBack)
        .as("beside a consumer that takes")
        .failsWithin(Duration.ofMillis(200))
        .withThrowableOfType(TimeoutException.class);
    closing.taken();
    givingBack.get(10, TimeUnit.SECONDS);
  }

  @Test
  void letsNoConsumerTakeOnceTheEndIsAskedFor() {
    closing.ask();

    assertThat(closing.takes()).isFalse();
    closing.awaitTaken();
  }

  @Test
  void doesNotWaitForConsumersBeforeTheEndIsAskedFor() {
    assertThat(closing.takes()).isTrue();
    closing.awaitTaken();
  }
}
