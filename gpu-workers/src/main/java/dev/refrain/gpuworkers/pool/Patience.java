package dev.refrain.gpuworkers.pool;

import dev.refrain.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits without losing what is held: renews locks while it waits, notices that the worker is to
 * close, and gives up when the time of grace is over. Used by the worker's thread, which is the
 * share consumer's.
 */
final class Patience {
  private static final Logger log = LoggerFactory.getLogger(Patience.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration BACKOFF = Duration.ofSeconds(1);

  private final SharedQueue queue;
  private final WorkerSettings settings;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private Instant lockedAt = Instant.MIN;
  private @Nullable Instant end;

  Patience(SharedQueue queue, WorkerSettings settings, InstantSource clock) {
    this.queue = queue;
    this.settings = settings;
    this.clock = clock;
  }

  /** Asks whoever waits to come to an end. From any thread. */
  void close() {
    closing.countDown();
  }

  boolean closing() {
    return closing.getCount() == 0;
  }

  /** Says that everything held was locked now. */
  void lockedNow() {
    lockedAt = clock.instant();
  }

  /**
   * Waits for a result.
   *
   * @param onClosing run, perhaps several times, while the wait goes on and the worker is to close
   * @throws ExecutionException if there is a failure instead
   * @throws AbandonedException if the time of grace is over
   */
  <T> T await(Future<T> future, Runnable onClosing) throws ExecutionException {
    while (true) {
      try {
        return future.get(tick().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (closing()) {
          onClosing.run();
          requireGrace();
        }
        renewIfDue();
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
  }

  /**
   * Asks until the registry answers.
   *
   * @throws AbandonedException if the worker is to close first
   */
  <T> T persist(Supplier<T> call) {
    while (true) {
      try {
        return call.get();
      } catch (RegistryUnavailableException e) {
        if (closing()) {
          throw new AbandonedException("the schema registry does not answer");
        }
        log.warn(
            "{}: the schema registry does not answer, trying again: {}",
            settings.pool(),
            e.getMessage());
        rest();
      }
    }
  }

  /** Does nothing for a second; less if the worker is to close. */
  void rest() {
    Instant until = clock.instant().plus(BACKOFF);
    try {
      while (clock.instant().isBefore(until)) {
        if (closing.await(tick().toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        renewIfDue();
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void requireGrace() {
    if (end == null) {
      end = clock.instant().plus(settings.grace());
    }
    if (!clock.instant().isBefore(end)) {
      throw new AbandonedException("%s of grace are over".formatted(settings.grace()));
    }
  }

  private void renewIfDue() {
    if (untilRenewal().isPositive()) {
      return;
    }
    lockedNow();
    queue.renew();
  }

  private Duration untilRenewal() {
    Duration every = settings.renewEvery();
    Duration third = queue.lock().map(lock -> lock.dividedBy(3)).orElse(every);
    Duration limit = every.compareTo(third) < 0 ? every : third;
    return Duration.between(clock.instant(), lockedAt.plus(limit));
  }

  private Duration tick() {
    Duration due = untilRenewal();
    if (due.compareTo(TICK) > 0) {
      return TICK;
    }
    return due.isPositive() ? due.plusMillis(1) : Duration.ofMillis(1);
  }
}
