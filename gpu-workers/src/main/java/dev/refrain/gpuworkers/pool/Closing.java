package dev.refrain.gpuworkers.pool;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/** The end of a worker: asked for once, seen by all its threads. */
final class Closing {
  private final Duration grace;
  private final InstantSource clock;
  private final CountDownLatch asked = new CountDownLatch(1);
  private volatile Instant end = Instant.MAX;
  private int taking;

  /**
   * @param grace how long running work may go on, 0 or more
   */
  Closing(Duration grace, InstantSource clock) {
    this.grace = grace;
    this.clock = clock;
  }

  /** Asks for the end. */
  synchronized void ask() {
    if (!asked()) {
      end = clock.instant().plus(grace);
      asked.countDown();
    }
  }

  boolean asked() {
    return asked.getCount() == 0;
  }

  /**
   * Begins to take work, until {@link #taken}.
   *
   * @return whether it may; false once the end is asked for
   */
  synchronized boolean takes() {
    if (asked()) {
      return false;
    }
    taking++;
    return true;
  }

  /** Ends what {@link #takes} began. */
  synchronized void taken() {
    taking--;
    notifyAll();
  }

  /**
   * Once the end is asked for, waits until none of the worker's consumers takes work any more: what
   * one gives back then, another worker gets. Returns at once before.
   */
  synchronized void awaitTaken() {
    while (asked() && taking > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
  }

  /** Waits for a time, or until the end is asked for; says whether it is. */
  boolean await(Duration time) {
    try {
      return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /**
   * Does nothing unless the end was asked for and the time of grace is over.
   *
   * @throws AbandonedException if it is
   */
  void requireGrace() {
    if (!clock.instant().isBefore(end)) {
      throw new AbandonedException("%s of grace are over".formatted(grace));
    }
  }
}
