package dev.refrain.gpuworkers.pool;

import dev.refrain.gpuworkers.pool.Delivery.Place;
import dev.refrain.schemas.avro.WorkRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the deliveries of one take to their end: reads them, has them served, writes what came of
 * each as soon as it is there, and only then acknowledges it. What fails beside others is tried
 * again alone; what fails alone is released until the delivery limit and then ends as poison.
 *
 * <p>Begins inside the {@link Agenda} and leaves it when nothing is served together any more. One
 * thread; what other threads have to say comes through the inbox.
 */
final class Round implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Round.class);

  private final Workplace workplace;
  private final WorkerSettings settings;
  private final SharedQueue queue;
  private final Patience patience;
  private final BlockingQueue<Event> inbox = new LinkedBlockingQueue<>();
  private final Map<Place, Running> running = new LinkedHashMap<>();
  private final List<Job> awaitingTurn = new ArrayList<>();
  private int unwritten;
  private boolean entered = true;
  private @Nullable Place turn;
  private boolean restAtEnd;

  private record Running(
      Job job, boolean alone, Instant start, CompletableFuture<Outcome> outcome) {}

  private sealed interface Event {
    /** The turn of a job has come that is served alone. */
    record Turn(Job job) implements Event {}

    /** A job came to an outcome, or else failed. */
    record Served(Job job, @Nullable Outcome outcome, @Nullable Throwable failure)
        implements Event {}

    /** A verdict is on its topic, or else could not be written. */
    record Written(Verdict verdict, @Nullable Exception failure) implements Event {}
  }

  Round(Workplace workplace, SharedQueue queue, Patience patience) {
    this.workplace = workplace;
    this.settings = workplace.settings();
    this.queue = queue;
    this.patience = patience;
  }

  /**
   * Returns when every delivery has ended.
   *
   * @throws AbandonedException if the worker is to close and the time of grace is over
   */
  void serve(List<Delivery> taken) {
    taken.forEach(this::begin);
    leaveIfDone();
    while (!running.isEmpty() || !awaitingTurn.isEmpty() || unwritten > 0) {
      switch (patience.next(inbox, this::releaseUnstarted)) {
        case Event.Turn come -> begin(come);
        case Event.Served served -> end(served);
        case Event.Written written -> settle(written);
      }
      if (inbox.isEmpty()) {
        queue.commit();
      }
    }
    if (restAtEnd) {
      patience.rest();
    }
  }

  /** Asks what still runs for an early end and lets others go on. */
  @Override
  public void close() {
    running.values().forEach(open -> open.outcome().cancel(true));
    running.clear();
    int withdrawn = workplace.agenda().withdraw(awaitingTurn).size();
    if (turn != null || withdrawn < awaitingTurn.size()) {
      turn = null;
      workplace.agenda().done();
    }
    awaitingTurn.clear();
    unwritten = 0;
    leaveIfDone();
  }

  private void begin(Delivery delivery) {
    WorkRequest request;
    try {
      byte @Nullable [] value = delivery.record().value();
      if (value == null) {
        throw new IllegalArgumentException("The record has no value; expected a WorkRequest.");
      }
      request = patience.persist(() -> workplace.codec().decode(value));
    } catch (AbandonedException e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("{}: {} is no work request: {}", settings.pool(), delivery.place(), e.getMessage());
      String reason = String.valueOf(e.getMessage());
      write(patience.persist(() -> workplace.writer().undecodable(delivery, reason)));
      return;
    }
    Job job = new Job(delivery, request);
    if (delivery.count() > settings.maxDeliveries()) {
      poison(job, "it was never finished, and may have killed its workers");
    } else if (delivery.count() >= settings.suspectFrom()) {
      awaitTurn(job);
    } else {
      start(job, false);
    }
  }

  private void awaitTurn(Job job) {
    awaitingTurn.add(job);
    workplace.agenda().serveAlone(job, now -> inbox.add(new Event.Turn(now)));
  }

  private void begin(Event.Turn come) {
    Job job = come.job();
    turn = job.delivery().place();
    awaitingTurn.remove(job);
    if (workplace.closing().asked()) {
      workplace.closing().awaitTaken();
      release(job);
    } else {
      start(job, true);
    }
  }

  private void start(Job job, boolean alone) {
    Instant now = workplace.surroundings().clock().instant();
    if (!job.request().getDeadline().isAfter(now)) {
      write(patience.persist(() -> workplace.writer().expired(job)));
      return;
    }
    CompletableFuture<Outcome> outcome = submit(job.request());
    running.put(job.delivery().place(), new Running(job, alone, now, outcome));
    var unused =
        outcome.whenComplete((came, failure) -> inbox.add(new Event.Served(job, came, failure)));
  }

  private CompletableFuture<Outcome> submit(WorkRequest request) {
    try {
      return workplace.service().submit(request);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void end(Event.Served served) {
    Job job = served.job();
    Running ended = running.remove(job.delivery().place());
    if (ended == null) {
      throw new IllegalStateException("%s ended twice".formatted(job.delivery().place()));
    }
    Duration taken = Duration.between(ended.start(), workplace.surroundings().clock().instant());
    happened(WorkerEvent.BUSY_MICROSECONDS, Math.max(1, taken.toNanos() / 1_000));
    Outcome outcome = served.outcome();
    if (outcome != null) {
      write(patience.persist(() -> workplace.writer().of(job, outcome)));
    } else if (ended.alone()) {
      failedAlone(job, served.failure());
    } else {
      log.warn("{}: {} failed; trying it alone", settings.pool(), name(job), served.failure());
      awaitTurn(job);
    }
    leaveIfDone();
  }

  private void failedAlone(Job job, @Nullable Throwable failure) {
    int count = job.delivery().count();
    log.warn(
        "{}: {} failed at delivery {} of {}",
        settings.pool(),
        name(job),
        count,
        settings.maxDeliveries(),
        failure);
    if (count >= settings.maxDeliveries()) {
      poison(job, "it failed each time, at last with " + failure);
    } else {
      release(job);
    }
  }

  private void release(Job job) {
    queue.settle(job.delivery(), AcknowledgeType.RELEASE);
    endTurnOf(job.delivery());
  }

  private void poison(Job job, String how) {
    String reason =
        "Delivered %d times, the limit is %d: %s"
            .formatted(job.delivery().count(), settings.maxDeliveries(), how);
    log.error("{}: {} is poison. {}", settings.pool(), name(job), reason);
    write(patience.persist(() -> workplace.writer().poison(job, reason)));
  }

  private void write(Verdict verdict) {
    unwritten++;
    var unused =
        workplace
            .producer()
            .send(
                verdict.message(), (_, failure) -> inbox.add(new Event.Written(verdict, failure)));
  }

  /** Acknowledges what is written; releases what could not be written now. */
  private void settle(Event.Written written) {
    unwritten--;
    Verdict verdict = written.verdict();
    Exception failure = written.failure();
    if (failure == null) {
      queue.settle(verdict.delivery(), verdict.then());
      happened(verdict.event(), 1);
    } else {
      releaseUnwritten(verdict, failure);
    }
    endTurnOf(verdict.delivery());
    leaveIfDone();
  }

  private void releaseUnwritten(Verdict verdict, Exception failure) {
    String topic = verdict.message().topic();
    if (!(failure instanceof RetriableException || failure instanceof RecordTooLargeException)) {
      throw new KafkaException(
          "Worker %s cannot write to %s".formatted(settings.name(), topic), failure);
    }
    log.warn(
        "{}: {} not written to {}", settings.pool(), verdict.delivery().place(), topic, failure);
    queue.settle(verdict.delivery(), AcknowledgeType.RELEASE);
    restAtEnd = true;
  }

  private void releaseUnstarted() {
    List<Job> unstarted = workplace.agenda().withdraw(awaitingTurn);
    if (unstarted.isEmpty()) {
      return;
    }
    log.info("{}: closing, {} requests released", settings.pool(), unstarted.size());
    awaitingTurn.removeAll(unstarted);
    workplace.closing().awaitTaken();
    unstarted.forEach(job -> queue.settle(job.delivery(), AcknowledgeType.RELEASE));
    queue.commit();
  }

  private void leaveIfDone() {
    if (entered && unwritten == 0 && running.values().stream().allMatch(Running::alone)) {
      entered = false;
      workplace.agenda().leave();
    }
  }

  /** The broker knows of its end before the next has its turn, which may kill the worker. */
  private void endTurnOf(Delivery delivery) {
    if (delivery.place().equals(turn)) {
      queue.commitAndWait();
      turn = null;
      workplace.agenda().done();
    }
  }

  private void happened(WorkerEvent event, long amount) {
    workplace.surroundings().listener().happened(event, amount);
  }

  private static String name(Job job) {
    return "question %s: work %s"
        .formatted(job.request().getQuestionId(), job.request().getWorkId());
  }
}
