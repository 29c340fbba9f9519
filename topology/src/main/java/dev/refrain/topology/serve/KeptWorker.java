package dev.refrain.topology.serve;

import dev.refrain.gpuworkers.pool.Worker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a worker at work on a thread of its own: one that ends by a failure is followed by another
 * after a pause. Safe for use by many threads.
 */
final class KeptWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeptWorker.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final String name;
  private final Supplier<Worker> workers;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Worker current;

  private KeptWorker(String name, Supplier<Worker> workers) {
    this.name = name;
    this.workers = workers;
  }

  /**
   * Starts the first worker.
   *
   * @param workers makes each worker
   */
  static KeptWorker start(String name, Supplier<Worker> workers) {
    KeptWorker kept = new KeptWorker(name, workers);
    Thread.ofPlatform().name(name).daemon().start(kept::keep);
    return kept;
  }

  private void keep() {
    try {
      for (Worker worker = next(); worker != null; worker = next()) {
        run(worker);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Worker worker) throws InterruptedException {
    try {
      worker.run();
    } catch (RuntimeException e) {
      LOG.error("Worker {} has failed; another follows in {}", name, PAUSE, e);
      var unused = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private synchronized @Nullable Worker next() {
    current = closing.getCount() == 0 ? null : workers.get();
    return current;
  }

  @Override
  public void close() {
    closing.countDown();
    Worker running;
    synchronized (this) {
      running = current;
    }
    if (running != null) {
      running.close();
    }
  }
}
