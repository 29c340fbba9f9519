package dev.refrain.gpuworkers.pool;

import dev.refrain.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves what one of a worker's share consumers takes, a round at a time. What cannot be done
 * because something is away is given back and taken again. One thread.
 */
final class DeliveryServer implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(DeliveryServer.class);

  /** Longer than the broker lets a fetch wait: when a poll is over, so is its fetch. */
  private static final Duration POLL = WorkerClients.FETCH_WAIT.multipliedBy(2);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Workplace workplace;
  private final SharedQueue queue;
  private final Patience patience;

  DeliveryServer(Workplace workplace, ShareConsumer<byte[], byte[]> consumer) {
    this.workplace = workplace;
    this.queue = new SharedQueue(consumer, workplace.surroundings().listener());
    this.patience =
        new Patience(
            queue, workplace.settings(), workplace.surroundings().clock(), workplace.closing());
  }

  /**
   * Serves until the worker closes, then releases what is held and leaves the group; once only.
   *
   * @throws KafkaException if the broker refuses for good
   */
  @Override
  public void run() {
    WorkerSettings settings = workplace.settings();
    try {
      queue.open(workplace.surroundings().topics().work(settings.pool()).name());
      while (!workplace.closing().asked()) {
        serveOnce();
      }
    } catch (AbandonedException e) {
      log.warn("{}: worker {} closes: {}", settings.pool(), settings.name(), e.getMessage());
    } finally {
      close();
    }
  }

  /** Takes what waits and brings it to its end; returns soon if nothing waits. */
  private void serveOnce() {
    if (!workplace.agenda().enter(POLL)) {
      return;
    }
    try (Round round = new Round(workplace, queue, patience)) {
      List<Delivery> taken = take();
      if (!taken.isEmpty() && !workplace.closing().asked()) {
        patience.lockedNow();
        round.serve(taken);
      }
    } catch (RetriableException | RegistryUnavailableException e) {
      log.warn(
          "{}: giving back what is held, to try again: {}",
          workplace.settings().pool(),
          e.toString());
      queue.releaseAll();
      patience.rest();
    }
  }

  private List<Delivery> take() {
    if (!workplace.closing().takes()) {
      return List.of();
    }
    try {
      return queue.take(POLL);
    } finally {
      workplace.closing().taken();
    }
  }

  /** Closes the consumer with the interrupt set aside, which would keep it from releasing. */
  void close() {
    boolean interrupted = Thread.interrupted();
    try {
      workplace.closing().awaitTaken();
      queue.close(CLOSE_TIMEOUT);
    } catch (KafkaException e) {
      log.warn(
          "{}: {} did not close cleanly",
          workplace.settings().pool(),
          workplace.settings().name(),
          e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
