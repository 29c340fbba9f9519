package dev.refrain.gpuworkers.pool;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a pool: takes work from its share group, has it done in batches, writes the results, and
 * acknowledges a request once its result is written. A request is thus done at least once, and its
 * result can come twice; the first result of a work id wins.
 *
 * <p>{@link #run} is the worker's one thread for Kafka; the service runs on a second one, so that
 * locks can be renewed while it works. {@link #close} may be called from any thread, a shutdown
 * hook for example.
 */
public final class Worker implements Runnable, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final Duration CLOSING_MARGIN = Duration.ofSeconds(15);

  private final WorkerSettings settings;
  private final String topic;
  private final DeliveryServer server;
  private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  Worker(
      WorkerSettings settings,
      WorkerSurroundings surroundings,
      PoolService service,
      WorkerClients clients) {
    this.settings = settings;
    this.topic = surroundings.topics().work(settings.pool()).name();
    this.server = new DeliveryServer(settings, surroundings, service, clients);
  }

  /**
   * A worker with its own Kafka clients; it reaches the broker when it runs.
   *
   * @param service not closed here
   */
  public static Worker connect(
      WorkerSettings settings, WorkerSurroundings surroundings, PoolService service) {
    return new Worker(settings, surroundings, service, WorkerClients.connect(settings));
  }

  /**
   * Serves until closed; once only.
   *
   * @throws KafkaException if the broker refuses for good; what was held is released
   */
  @Override
  public void run() {
    if (!runner.compareAndSet(null, Thread.currentThread())) {
      throw new IllegalStateException("Worker %s runs or has run".formatted(settings.name()));
    }
    log.info(
        "{}: worker {} serves {} in group {}",
        settings.pool(),
        settings.name(),
        topic,
        settings.groupId());
    try {
      server.open(topic);
      while (!server.stopping()) {
        server.serveOnce();
      }
    } catch (AbandonedException e) {
      log.warn("{}: worker {} closes: {}", settings.pool(), settings.name(), e.getMessage());
    } finally {
      end();
    }
  }

  /**
   * Takes no more work, releases at once what was not started, lets what runs come to an end within
   * the time of grace, then releases it too. Returns when all that is done. Harmless when repeated.
   */
  @Override
  public void close() {
    server.stop();
    if (runner.compareAndSet(null, Thread.currentThread())) {
      end();
    } else if (!Thread.currentThread().equals(runner.get())) {
      awaitEnd();
    }
  }

  private void awaitEnd() {
    Duration limit = settings.grace().plus(CLOSING_MARGIN);
    try {
      if (!ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        log.error("{}: worker {} has not ended within {}", settings.pool(), settings.name(), limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the clients with the interrupt set aside, which would keep them from releasing. */
  private void end() {
    boolean interrupted = Thread.interrupted();
    try {
      server.end();
      log.info("{}: worker {} has ended", settings.pool(), settings.name());
    } catch (KafkaException e) {
      log.warn("{}: worker {} did not close cleanly", settings.pool(), settings.name(), e);
    } finally {
      ended.countDown();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
