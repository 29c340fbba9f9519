package dev.refrain.topology.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a topology: starts it, replaces threads that die, gives up where they die too often, and
 * leaves the group when it closes so that others take over at once. Safe for use by many threads.
 */
public final class StreamRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRunner.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);
  private static final int DEATHS_ALLOWED = 20;
  private static final Duration DEATHS_WITHIN = Duration.ofMinutes(5);

  private final KafkaStreams streams;
  private final InstantSource clock;
  private final Deque<Instant> deaths = new ArrayDeque<>();
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;

  private StreamRunner(KafkaStreams streams, InstantSource clock) {
    this.streams = streams;
    this.clock = clock;
  }

  /** Starts a topology; it may take seconds until {@link #awaitRunning}. */
  public static StreamRunner start(Topology topology, Properties properties, InstantSource clock) {
    StreamRunner runner = new StreamRunner(new KafkaStreams(topology, properties), clock);
    runner.streams.setUncaughtExceptionHandler(runner::onThreadDeath);
    runner.streams.setStateListener((now, before) -> runner.onState(now));
    runner.streams.start();
    return runner;
  }

  /**
   * Waits until the topology processes records.
   *
   * @throws IllegalStateException if it fails, or is not there within the time limit
   */
  public void awaitRunning(Duration limit) throws InterruptedException {
    if (!running.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "The topology does not run after %s; its state is %s.".formatted(limit, streams.state()));
    }
    requireHealthy();
  }

  /**
   * Fails if the topology has given up.
   *
   * @throws IllegalStateException with the cause
   */
  public void requireHealthy() {
    Throwable cause = failure;
    if (cause != null) {
      throw new IllegalStateException("The topology has given up: " + cause.getMessage(), cause);
    }
  }

  /** Completes when the topology has ended, by {@link #close} or by giving up. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  private void onState(State now) {
    if (now == State.RUNNING) {
      running.countDown();
    }
    if (now.hasCompletedShutdown()) {
      running.countDown();
      ended.countDown();
    }
  }

  private synchronized StreamThreadExceptionResponse onThreadDeath(Throwable cause) {
    Instant now = clock.instant();
    deaths.addLast(now);
    while (deaths.getFirst().isBefore(now.minus(DEATHS_WITHIN))) {
      deaths.removeFirst();
    }
    if (deaths.size() > DEATHS_ALLOWED) {
      LOG.error(
          "The topology gives up: {} threads died within {}", deaths.size(), DEATHS_WITHIN, cause);
      failure = cause;
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.warn("A stream thread died and is replaced: {}", String.valueOf(cause), cause);
    pause();
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** A second between deaths, so that what is away can come back. */
  private static void pause() {
    try {
      Thread.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    boolean closed =
        streams.close(
            CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_WITHIN));
    if (!closed) {
      LOG.warn("The topology did not close within {}", CLOSE_WITHIN);
    }
  }
}
