package dev.refrain.gpuworkers.pool;

import dev.refrain.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits without losing what is held: renews locks while it waits, notices that the worker is to
 * close, and gives up when the time of grace is over. Used by one thread, which is the share
 * consumer's.
 */
final class Patience {
  private static final Logger log = LoggerFactory.getLogger(Patience.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration BACKOFF = Duration.ofSeconds(1);

  private final SharedQueue queue;
  private final WorkerSettings settings;
  private final InstantSource clock;
  private final Closing closing;
  private Instant lockedAt = Instant.MIN;

  Patience(SharedQueue queue, WorkerSettings settings, InstantSource clock, Closing closing) {
    this.queue = queue;
    this.settings = settings;
    this.clock = clock;
    this.closing = closing;
  }

  /** Says that everything held was locked now. */
  void lockedNow() {
    lockedAt = clock.instant();
  }

  /**
   * Waits for what comes next.
   *
   * @param onClosing run, perhaps several times, while the wait goes on and the worker is to close
   * @throws AbandonedException if the time of grace is over
   */
  <T> T next(BlockingQueue<T> inbox, Runnable onClosing) {
    while (true) {
      T came = poll(inbox);
      if (closing.asked()) {
        onClosing.run();
      }
      if (came != null) {
        return came;
      }
      closing.requireGrace();
      renewIfDue();
    }
  }

  private <T> @Nullable T poll(BlockingQueue<T> inbox) {
    try {
      return inbox.poll(tick().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
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
        if (closing.asked()) {
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
    while (clock.instant().isBefore(until) && !closing.await(tick())) {
      renewIfDue();
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
