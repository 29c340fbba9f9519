package dev.refrain.topology.client;

import dev.refrain.schemas.Topics;
import dev.refrain.schemas.avro.Question;
import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.schemas.serde.Codecs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks questions and waits for their endings: answers, dead letters, or nothing in time. Sees only
 * what ends after it was opened. Safe for use by many threads; close it to free its connections,
 * which ends what still waits with a {@link CancellationException}.
 */
public final class QuestionClient implements AutoCloseable {
  /** An answer that says "too late" needs a moment after the time limit to arrive. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(QuestionClient.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Topics topics;
  private final Codecs codecs;
  private final InstantSource clock;
  private final Producer<String, byte[]> producer;
  private final EndingReader reader;
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

  private QuestionClient(ClientSettings settings, Codecs codecs, InstantSource clock) {
    this.topics = settings.topics();
    this.codecs = codecs;
    this.clock = clock;
    this.reader = EndingReader.open(settings, codecs, this::look);
    this.producer =
        new KafkaProducer<>(settings.producer(), new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * Connects, and waits until every ending from now on will be seen.
   *
   * @param registry of the records' schemas; not closed with the client
   * @throws NoTopicsException if the brokers do not answer or lack the topics
   */
  public static QuestionClient open(
      ClientSettings settings, SchemaRegistry registry, InstantSource clock) {
    QuestionClient client = new QuestionClient(settings, Codecs.over(registry), clock);
    client.reader.start();
    return client;
  }

  /**
   * Asks a question, at the root of a W3C trace of its own.
   *
   * @return completes with its ending; {@link Ending.Status#UNANSWERED} a moment after its time
   *     limit. Fails with a {@link KafkaException} if the question cannot be sent.
   * @throws IllegalArgumentException if a question with this id is being asked already
   */
  public CompletableFuture<Ending> ask(AskedQuestion question) {
    // Records keep milliseconds.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Waiting entry = new Waiting(question, now, new CompletableFuture<>());
    if (waiting.putIfAbsent(question.id(), entry) != null) {
      throw new IllegalArgumentException("Question %s is asked twice".formatted(question.id()));
    }
    try {
      byte[] value = codecs.questions().encode(topics.questions().name(), entry.toRecord());
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(topics.questions().name(), question.id(), value);
      record.headers().add(TraceParent.HEADER, TraceParent.fresh(ThreadLocalRandom.current()));
      var unused =
          producer.send(
              record,
              (sent, failure) -> {
                if (failure != null) {
                  fail(question.id(), failure);
                } else {
                  LOG.debug("Question {} is asked", question.id());
                }
              });
    } catch (RuntimeException e) {
      fail(question.id(), e);
    }
    return entry.ending();
  }

  /**
   * Asks many questions and hands on their endings in the order of the questions.
   *
   * @param inFlight most questions that wait at a time, 1 or more
   * @param sink takes each ending, on the calling thread
   * @throws IllegalArgumentException if inFlight is below 1
   * @throws KafkaException if a question cannot be sent
   */
  public void askAll(Iterable<AskedQuestion> questions, int inFlight, Consumer<Ending> sink)
      throws InterruptedException {
    if (inFlight < 1) {
      throw new IllegalArgumentException("inFlight is %d, must be 1 or more".formatted(inFlight));
    }
    Semaphore free = new Semaphore(inFlight);
    Deque<CompletableFuture<Ending>> open = new ArrayDeque<>();
    for (AskedQuestion question : questions) {
      while (!free.tryAcquire(20, TimeUnit.MILLISECONDS)) {
        drain(open, sink);
      }
      open.add(ask(question).whenComplete((done, failure) -> free.release()));
      drain(open, sink);
    }
    while (!open.isEmpty()) {
      sink.accept(await(open.remove()));
    }
  }

  private static void drain(Deque<CompletableFuture<Ending>> open, Consumer<Ending> sink)
      throws InterruptedException {
    while (!open.isEmpty() && open.peek().isDone()) {
      sink.accept(await(open.remove()));
    }
  }

  /** The ending, or what failed. */
  private static Ending await(CompletableFuture<Ending> ending) throws InterruptedException {
    try {
      return ending.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e);
    }
  }

  @Override
  public void close() {
    reader.close();
    producer.close(CLOSE_LIMIT);
    waiting.keySet().forEach(id -> fail(id, new CancellationException("The client was closed.")));
  }

  /** Called for every record on the topics of answers and dead letters, and in between. */
  private void look(EndingReader.Seen seen) {
    switch (seen) {
      case EndingReader.Answered answered -> end(answered.ending().id(), answered.ending());
      case EndingReader.Dead dead -> {
        Waiting entry = waiting.get(dead.questionId());
        if (entry != null) {
          double waited = Duration.between(entry.askedAt(), dead.at()).toMillis();
          end(
              dead.questionId(),
              Ending.without(entry.question(), Ending.Status.DEAD, dead.reason(), waited));
        }
      }
      case EndingReader.Nothing nothing -> giveUpLate();
      case EndingReader.Broken broken -> waiting.keySet().forEach(id -> fail(id, broken.failure()));
    }
  }

  private void giveUpLate() {
    Instant now = clock.instant();
    for (Waiting entry : waiting.values()) {
      AskedQuestion question = entry.question();
      if (now.isAfter(entry.askedAt().plus(question.timeLimit()).plus(PATIENCE))) {
        double waited = Duration.between(entry.askedAt(), now).toMillis();
        String reason =
            "nothing came within %d s; does `refrain serve` run, and is the id new?"
                .formatted(Math.round(waited / 1000));
        end(question.id(), Ending.without(question, Ending.Status.UNANSWERED, reason, waited));
      }
    }
  }

  private void end(String id, Ending ending) {
    Waiting entry = waiting.remove(id);
    if (entry != null) {
      entry.ending().complete(ending);
    }
  }

  private void fail(String id, Exception failure) {
    Waiting entry = waiting.remove(id);
    if (entry != null) {
      entry.ending().completeExceptionally(failure);
    }
  }

  private record Waiting(
      AskedQuestion question, Instant askedAt, CompletableFuture<Ending> ending) {

    Question toRecord() {
      return Question.newBuilder()
          .setId(question.id())
          .setText(question.text())
          .setTask(question.task())
          .setAskedAt(askedAt)
          .setDeadline(askedAt.plus(question.timeLimit()).truncatedTo(ChronoUnit.MILLIS))
          .setAttributes(question.attributes())
          .build();
    }
  }
}
