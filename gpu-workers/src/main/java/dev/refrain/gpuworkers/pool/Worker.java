package dev.refrain.gpuworkers.pool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a pool: takes work from its share group, has it done, writes each result as it comes, and
 * acknowledges a request once its result is written. A request is thus done at least once, and its
 * result can come twice; the first result of a work id wins.
 *
 * <p>A share consumer can take nothing new while it holds a request, not even one whose lock is
 * renewed. So that requests join while others run, a worker has several consumers, each on a thread
 * of its own. {@link #close} may be called from any thread, a shutdown hook for example.
 */
public final class Worker implements Runnable, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final Duration CLOSING_MARGIN = Duration.ofSeconds(15);

  private final Workplace workplace;
  private final WorkerSettings settings;
  private final List<DeliveryServer> servers;
  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  Worker(
      WorkerSettings settings,
      WorkerSurroundings surroundings,
      PoolService service,
      WorkerClients clients) {
    this.settings = settings;
    this.producer = clients.producer();
    this.workplace = Workplace.of(settings, surroundings, service, producer);
    this.servers =
        clients.consumers().stream()
            .map(consumer -> new DeliveryServer(workplace, consumer))
            .toList();
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
        "{}: worker {} serves in group {}", settings.pool(), settings.name(), settings.groupId());
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name(settings.name() + "-", 0).factory())) {
      List<CompletableFuture<Void>> serving =
          servers.stream().map(server -> CompletableFuture.runAsync(server, threads)).toList();
      serving.forEach(this::closeIfItFails);
      await(CompletableFuture.allOf(serving.toArray(CompletableFuture[]::new)));
    } finally {
      end();
    }
  }

  private void closeIfItFails(CompletableFuture<Void> server) {
    var unused =
        server.exceptionally(
            failure -> {
              workplace.closing().ask();
              return null;
            });
  }

  private void await(CompletableFuture<Void> serving) {
    try {
      serving.get();
    } catch (ExecutionException e) {
      throw new KafkaException("Worker %s has failed".formatted(settings.name()), e.getCause());
    } catch (InterruptedException e) {
      workplace.closing().ask();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Takes no more work, releases at once what was not started, lets what runs come to an end within
   * the time of grace, then releases it too. Returns when all that is done. Harmless when repeated.
   */
  @Override
  public void close() {
    workplace.closing().ask();
    if (runner.compareAndSet(null, Thread.currentThread())) {
      servers.forEach(DeliveryServer::close);
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

  /** Closes the producer with the interrupt set aside, which would keep it from closing. */
  private void end() {
    boolean interrupted = Thread.interrupted();
    try {
      producer.close();
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
