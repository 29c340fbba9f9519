package dev.refrain.topology.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.schemas.Topics;
import dev.refrain.schemas.avro.Action;
import dev.refrain.schemas.avro.Answer;
import dev.refrain.schemas.avro.DeadLetter;
import dev.refrain.schemas.avro.Decision;
import dev.refrain.schemas.avro.Passage;
import dev.refrain.schemas.avro.Status;
import dev.refrain.schemas.registry.InProcessRegistry;
import dev.refrain.schemas.serde.Codecs;
import dev.refrain.topology.broker.TopicCreator;
import dev.refrain.topology.client.QuestionHistory.Explanation;
import dev.refrain.topology.harness.BrokerUnderTest;
import dev.refrain.topology.harness.OnEachBroker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The test plays the topology: it writes what ends a question. */
class QuestionClientIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Topics topics =
      new Topics(UUID.randomUUID() + ".", 4, Duration.ofHours(1), Duration.ofHours(1));
  private final InProcessRegistry registry = InProcessRegistry.inMemory();
  private final Codecs codecs = Codecs.over(registry);
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final InstantSource clock = now::get;

  @OnEachBroker
  void endsEachQuestionWithItsAnswer(BrokerUnderTest broker) throws Exception {
    CompletableFuture<Ending> first;
    try (QuestionClient client = open(broker);
        Records records = new Records(broker)) {
      first = client.ask(AskedQuestion.of("a", "One?", TIMEOUT));
      CompletableFuture<Ending> second = client.ask(AskedQuestion.of("b", "Two?", TIMEOUT));
      records.answer("somebody else's");
      records.answer("b");
      Ending ending = second.get(20, TimeUnit.SECONDS);
      assertThat(ending.status()).isEqualTo(Ending.Status.ANSWERED);
      assertThat(ending.text()).isEqualTo("Paris");
      assertThat(ending.confidence()).isEqualTo(0.75);
      assertThat(ending.milliseconds()).isEqualTo(1500);
      assertThat(ending.evidence()).containsExactly(new Evidence("p#0", "France", "It is.", 2));
      assertThat(ending.policy()).isEqualTo("default version 3");
      assertThat(first).isNotDone();
      assertThatThrownBy(() -> client.ask(AskedQuestion.of("a", "One?", TIMEOUT)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("asked twice");
    }
    assertThatThrownBy(first::get).isInstanceOf(CancellationException.class);
  }

  @OnEachBroker
  void endsAQuestionWithItsDeadLetter(BrokerUnderTest broker) throws Exception {
    try (QuestionClient client = open(broker);
        Records records = new Records(broker)) {
      CompletableFuture<Ending> named = client.ask(AskedQuestion.of("n", "One?", TIMEOUT));
      CompletableFuture<Ending> keyed = client.ask(AskedQuestion.of("k", "Two?", TIMEOUT));
      records.deadLetter("n", topics.work(Topics.LM).name(), "work");
      records.deadLetter(null, topics.questions().name(), "k");
      for (CompletableFuture<Ending> ending : List.of(named, keyed)) {
        assertThat(ending.get(20, TimeUnit.SECONDS).status()).isEqualTo(Ending.Status.DEAD);
        assertThat(ending.get().reason()).isEqualTo("lm: it broke");
      }
    }
  }

  @OnEachBroker
  void givesUpAMomentAfterTheTimeLimit(BrokerUnderTest broker) throws Exception {
    try (QuestionClient client = open(broker)) {
      CompletableFuture<Ending> ending =
          client.ask(AskedQuestion.of("a", "One?", Duration.ofSeconds(30)));
      now.set(NOW.plusSeconds(31));
      Thread.sleep(300);
      assertThat(ending).isNotDone();
      now.set(NOW.plusSeconds(36));
      assertThat(ending.get(20, TimeUnit.SECONDS).status()).isEqualTo(Ending.Status.UNANSWERED);
      assertThat(ending.get().milliseconds()).isEqualTo(36_000);
    }
  }

  @OnEachBroker
  void handsEndingsOnInTheOrderOfTheQuestions(BrokerUnderTest broker) throws Exception {
    List<AskedQuestion> questions =
        IntStream.range(0, 20).mapToObj(i -> AskedQuestion.of("q" + i, "?", TIMEOUT)).toList();
    List<String> ids = questions.stream().map(AskedQuestion::id).toList();
    try (QuestionClient client = open(broker);
        Records records = new Records(broker)) {
      List<Ending> endings = new ArrayList<>();
      Thread asking =
          Thread.startVirtualThread(
              () -> {
                try {
                  client.askAll(questions, 20, endings::add);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      for (String id : ids.reversed()) {
        records.awaitQuestion(id);
        records.answer(id);
      }
      asking.join();
      assertThat(endings).extracting(Ending::id).containsExactlyElementsOf(ids);
    }
  }

  @OnEachBroker
  void explainsAQuestionFromItsPartition(BrokerUnderTest broker) throws Exception {
    ClientSettings settings = settings(broker);
    makeTopics(broker);
    try (Records records = new Records(broker)) {
      for (int i = 0; i < 40; i++) {
        records.decision("q" + i, i);
        records.answer("q" + i);
      }
      records.deadLetter("dead", topics.work(Topics.LM).name(), "work");
    }
    QuestionHistory history = new QuestionHistory(settings, registry);
    for (int i = 0; i < 40; i += 13) {
      Explanation explanation = history.explain("q" + i, Instant.EPOCH);
      assertThat(explanation.decisions())
          .singleElement()
          .satisfies(step -> assertThat(step.action()).isEqualTo("re-retrieve"))
          .extracting(DecisionStep::milliseconds)
          .isEqualTo((double) i);
      assertThat(explanation.ending()).get().extracting(Ending::text).isEqualTo("Paris");
    }
    assertThat(history.explain("dead", Instant.EPOCH).ending())
        .get()
        .extracting(Ending::status)
        .isEqualTo(Ending.Status.DEAD);
    assertThat(history.explain("nobody", Instant.EPOCH).isEmpty()).isTrue();
    assertThat(history.explain("q0", Instant.now().plusSeconds(60)).isEmpty()).isTrue();
  }

  @OnEachBroker
  void saysWhichTopicIsMissing(BrokerUnderTest broker) {
    assertThatThrownBy(() -> QuestionClient.open(settings(broker), registry, clock))
        .isInstanceOf(NoTopicsException.class)
        .hasMessageContaining(topics.answers().name())
        .hasMessageContaining("refrain topics create");
  }

  @Test
  void saysThatNoBrokerAnswers() {
    ClientSettings nowhere =
        new ClientSettings("127.0.0.1:1", Map.of(), topics, Duration.ofSeconds(1));
    assertThatThrownBy(() -> QuestionClient.open(nowhere, registry, clock))
        .isInstanceOf(NoTopicsException.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  private QuestionClient open(BrokerUnderTest broker) throws InterruptedException {
    makeTopics(broker);
    return QuestionClient.open(settings(broker), registry, clock);
  }

  private void makeTopics(BrokerUnderTest broker) throws InterruptedException {
    Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(properties)) {
      new TopicCreator(admin, (short) 1, TIMEOUT).create(topics.all());
    }
  }

  private ClientSettings settings(BrokerUnderTest broker) {
    return new ClientSettings(broker.bootstrapServers(), Map.of(), topics, TIMEOUT);
  }

  /** Writes records as the topology and the workers do. */
  private final class Records implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;
    private final ClientSettings settings;

    Records(BrokerUnderTest broker) {
      settings = QuestionClientIT.this.settings(broker);
      producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", broker.bootstrapServers()),
              new StringSerializer(),
              new ByteArraySerializer());
    }

    void answer(String id) {
      Answer answer =
          Answer.newBuilder()
              .setQuestionId(id)
              .setQuestion("What is the capital of France?")
              .setStatus(Status.ANSWERED)
              .setText("Paris")
              .setConfidence(0.75)
              .setEvidence(List.of(new Passage("p#0", "France", "It is.", 2.0)))
              .setPasses(1)
              .setPromptTokens(10)
              .setGeneratedTokens(2)
              .setMilliseconds(3.5)
              .setPolicy("default")
              .setPolicyVersion(3)
              .setDigests(Map.of())
              .setAskedAt(NOW)
              .setAnsweredAt(NOW.plusMillis(1500))
              .build();
      send(topics.answers().name(), id, codecs.answers().encode(topics.answers().name(), answer));
    }

    void deadLetter(@Nullable String id, String topic, String key) {
      DeadLetter letter =
          DeadLetter.newBuilder()
              .setStage("lm")
              .setReason("it broke")
              .setTopic(topic)
              .setPartition(0)
              .setOffset(7)
              .setQuestionId(id)
              .setKey(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)))
              .setFailedAt(NOW)
              .build();
      String dlq = topics.deadLetters().name();
      send(dlq, key, codecs.deadLetters().encode(dlq, letter));
    }

    void decision(String id, double milliseconds) {
      Decision decision =
          Decision.newBuilder()
              .setQuestionId(id)
              .setPass(1)
              .setAction(Action.RE_RETRIEVE)
              .setReason("agreement 0.2 < minAgreement 0.6")
              .setSignals(Map.of("agreement", 0.2))
              .setThresholds(Map.of("minAgreement", 0.6))
              .setConfidence(0.3)
              .setPolicy("default")
              .setPolicyVersion(3)
              .setWorkId("w")
              .setMilliseconds(milliseconds)
              .setDecidedAt(NOW)
              .build();
      String topic = topics.decisions().name();
      send(topic, id, codecs.decisions().encode(topic, decision));
    }

    /** Waits until a question is on its topic. */
    void awaitQuestion(String id) {
      try (KafkaConsumer<String, byte[]> consumer =
          new KafkaConsumer<>(
              settings.consumer(), new StringDeserializer(), new ByteArrayDeserializer())) {
        List<TopicPartition> partitions =
            Partitions.of(consumer, topics.questions().name(), settings);
        consumer.assign(List.of(Partitions.of(id, partitions)));
        consumer.seekToBeginning(consumer.assignment());
        while (true) {
          for (ConsumerRecord<String, byte[]> question : consumer.poll(TIMEOUT)) {
            if (question.key().equals(id)) {
              return;
            }
          }
        }
      }
    }

    private void send(String topic, String key, byte[] value) {
      try {
        producer.send(new ProducerRecord<>(topic, key, value)).get(20, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      producer.close();
    }
  }
}
