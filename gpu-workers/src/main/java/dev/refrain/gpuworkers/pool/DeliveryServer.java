package dev.refrain.gpuworkers.pool;

import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.schemas.registry.RegistryUnavailableException;
import dev.refrain.schemas.serde.TopicCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings deliveries to their end: reads them, has them served, writes what came of it, and only
 * then acknowledges. What fails for a reason of its own is released until the delivery limit and
 * then ends as poison; what fails because something is away is kept and tried again. One thread,
 * but for {@link #stop}.
 */
final class DeliveryServer {
  private static final Logger log = LoggerFactory.getLogger(DeliveryServer.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final WorkerSettings settings;
  private final WorkerSurroundings surroundings;
  private final PoolService service;
  private final WorkerClients clients;
  private final Producer<byte[], byte[]> producer;
  private final SharedQueue queue;
  private final Patience patience;
  private final ResultWriter writer;
  private final TopicCodec<WorkRequest> codec;
  private final ExecutorService accelerator;
  private boolean restNext;

  DeliveryServer(
      WorkerSettings settings,
      WorkerSurroundings surroundings,
      PoolService service,
      WorkerClients clients) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.service = service;
    this.clients = clients;
    this.producer = clients.producer();
    this.queue = new SharedQueue(clients.consumer(), surroundings.listener());
    this.patience = new Patience(queue, settings, surroundings.clock());
    this.writer = new ResultWriter(settings, surroundings);
    this.codec = new TopicCodec<>(WorkRequest.getClassSchema(), surroundings.registry());
    this.accelerator =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name(settings.name() + "-service").factory());
  }

  void open(String topic) {
    queue.open(topic);
  }

  /** Asks for an end, from any thread. */
  void stop() {
    patience.close();
  }

  boolean stopping() {
    return patience.closing();
  }

  /** Interrupts what runs, releases everything held and closes the clients. */
  void end() {
    accelerator.shutdownNow();
    queue.releaseAll();
    clients.close();
  }

  /**
   * Takes what waits and brings it to its end; returns soon if nothing waits.
   *
   * @throws AbandonedException if the worker is to close and the time of grace is over
   * @throws KafkaException if the broker refuses for good
   */
  void serveOnce() {
    try {
      List<Delivery> taken = queue.take(POLL);
      if (!taken.isEmpty()) {
        patience.lockedNow();
        serve(taken);
      }
      if (restNext) {
        restNext = false;
        patience.rest();
      }
    } catch (RetriableException | RegistryUnavailableException e) {
      log.warn("{}: giving back what is held, to try again: {}", settings.pool(), e.toString());
      queue.releaseAll();
      patience.rest();
    }
  }

  private void serve(List<Delivery> taken) {
    List<Job> jobs = new ArrayList<>();
    List<Verdict> hopeless = new ArrayList<>();
    for (Delivery delivery : taken) {
      read(delivery, jobs, hopeless);
    }
    Agenda agenda = new Agenda(jobs, settings);
    settle(hopeless, agenda);
    while (!agenda.isEmpty()) {
      settle(compute(agenda.next(), agenda), agenda);
      if (patience.closing()) {
        releaseUnstarted(agenda);
      } else if (!agenda.isEmpty()) {
        queue.commit();
      }
    }
  }

  private void read(Delivery delivery, List<Job> jobs, List<Verdict> hopeless) {
    WorkRequest request;
    try {
      byte @Nullable [] value = delivery.record().value();
      if (value == null) {
        throw new IllegalArgumentException("The record has no value; expected a WorkRequest.");
      }
      request = patience.persist(() -> codec.decode(value));
    } catch (AbandonedException e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("{}: {} is no work request: {}", settings.pool(), delivery.place(), e.getMessage());
      String reason = String.valueOf(e.getMessage());
      hopeless.add(patience.persist(() -> writer.undecodable(delivery, reason)));
      return;
    }
    Job job = new Job(delivery, request);
    if (delivery.count() <= settings.maxDeliveries()) {
      jobs.add(job);
    } else {
      hopeless.add(poison(job, "it was never finished, and may have killed its workers"));
    }
  }

  private List<Verdict> compute(List<Job> batch, Agenda agenda) {
    List<Verdict> verdicts = new ArrayList<>();
    List<Job> due = new ArrayList<>();
    Instant now = surroundings.clock().instant();
    for (Job job : batch) {
      if (job.request().getDeadline().isAfter(now)) {
        due.add(job);
      } else {
        verdicts.add(patience.persist(() -> writer.expired(job)));
      }
    }
    if (!due.isEmpty()) {
      verdicts.addAll(serveTogether(due, agenda));
    }
    return verdicts;
  }

  private List<Verdict> serveTogether(List<Job> jobs, Agenda agenda) {
    List<WorkRequest> requests = jobs.stream().map(Job::request).toList();
    Instant start = surroundings.clock().instant();
    try {
      List<Outcome> outcomes = await(accelerator.submit(() -> service.serve(requests)), agenda);
      if (outcomes.size() != jobs.size()) {
        throw new IllegalStateException(
            "%s gave %d outcomes for %d requests"
                .formatted(service.getClass().getName(), outcomes.size(), jobs.size()));
      }
      long micros = Duration.between(start, surroundings.clock().instant()).toNanos() / 1_000;
      surroundings.listener().happened(WorkerEvent.BATCH, 1);
      surroundings.listener().happened(WorkerEvent.BUSY_MICROSECONDS, Math.max(1, micros));
      List<Verdict> verdicts = new ArrayList<>();
      for (int i = 0; i < jobs.size(); i++) {
        Job job = jobs.get(i);
        Outcome outcome = outcomes.get(i);
        verdicts.add(patience.persist(() -> writer.of(job, outcome)));
      }
      return verdicts;
    } catch (ExecutionException e) {
      return failed(jobs, e.getCause(), agenda);
    }
  }

  /** A batch that failed is tried one by one; a single that failed is released, or is poison. */
  private List<Verdict> failed(List<Job> jobs, @Nullable Throwable cause, Agenda agenda) {
    if (jobs.size() > 1) {
      log.warn("{}: a batch of {} failed; trying one by one", settings.pool(), jobs.size(), cause);
      agenda.retryOneByOne(jobs);
      return List.of();
    }
    Job job = jobs.getFirst();
    log.warn(
        "{}: question {}: work {} failed at delivery {} of {}",
        settings.pool(),
        job.request().getQuestionId(),
        job.request().getWorkId(),
        job.delivery().count(),
        settings.maxDeliveries(),
        cause);
    if (job.delivery().count() >= settings.maxDeliveries()) {
      return List.of(poison(job, "it failed each time, at last with " + cause));
    }
    queue.settle(job.delivery(), AcknowledgeType.RELEASE);
    queue.commit();
    return List.of();
  }

  private Verdict poison(Job job, String how) {
    String reason =
        "Delivered %d times, the limit is %d: %s"
            .formatted(job.delivery().count(), settings.maxDeliveries(), how);
    log.error(
        "{}: question {}: work {} is poison. {}",
        settings.pool(),
        job.request().getQuestionId(),
        job.request().getWorkId(),
        reason);
    return patience.persist(() -> writer.poison(job, reason));
  }

  /** Sends everything, then waits for each acknowledgement before giving ours. */
  private void settle(List<Verdict> verdicts, Agenda agenda) {
    List<Future<RecordMetadata>> sent =
        verdicts.stream().map(verdict -> producer.send(verdict.message())).toList();
    for (int i = 0; i < sent.size(); i++) {
      Verdict verdict = verdicts.get(i);
      try {
        await(sent.get(i), agenda);
        queue.settle(verdict.delivery(), verdict.then());
        surroundings.listener().happened(verdict.event(), 1);
      } catch (ExecutionException e) {
        unwritten(verdict, e.getCause());
      }
    }
  }

  /** Releases what could not be written now; what can never be written ends the worker. */
  private void unwritten(Verdict verdict, @Nullable Throwable cause) {
    String topic = verdict.message().topic();
    if (!(cause instanceof RetriableException || cause instanceof RecordTooLargeException)) {
      throw new KafkaException(
          "Worker %s cannot write to %s".formatted(settings.name(), topic), cause);
    }
    log.warn("{}: {} not written to {}", settings.pool(), verdict.delivery().place(), topic, cause);
    queue.settle(verdict.delivery(), AcknowledgeType.RELEASE);
    restNext = true;
  }

  private <T> T await(Future<T> future, Agenda agenda) throws ExecutionException {
    return patience.await(future, () -> releaseUnstarted(agenda));
  }

  private void releaseUnstarted(Agenda agenda) {
    List<Job> unstarted = agenda.drain();
    if (unstarted.isEmpty()) {
      return;
    }
    log.info("{}: closing, {} requests released", settings.pool(), unstarted.size());
    unstarted.forEach(job -> queue.settle(job.delivery(), AcknowledgeType.RELEASE));
    queue.commit();
  }
}
