package dev.refrain.topology.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What Refrain asks of a broker: transactions, and share groups that renew and redeliver. */
class BrokersUnderTestIT {
  private static final Duration LOCK = Duration.ofSeconds(2);

  private final String topic = "work-" + UUID.randomUUID();
  private final String group = "pool-" + UUID.randomUUID();

  @OnEachBroker
  void givesAShareGroupWhatWasCommittedOnly(BrokerUnderTest broker) throws Exception {
    prepare(broker);
    try (KafkaProducer<String, String> producer =
        producer(broker, Map.of("transactional.id", topic))) {
      producer.initTransactions();
      send(producer, "aborted", false);
      send(producer, "committed", true);
    }
    try (KafkaShareConsumer<String, String> worker = worker(broker)) {
      assertThat(deliveries(worker, 1))
          .extracting(ConsumerRecord::value)
          .containsExactly("committed");
      worker.commitSync();
    }
  }

  @OnEachBroker
  void keepsARecordThatIsRenewedAndRedeliversOneThatIsNot(BrokerUnderTest broker) throws Exception {
    prepare(broker);
    try (KafkaProducer<String, String> producer = producer(broker, Map.of())) {
      producer.send(new ProducerRecord<>(topic, "long work")).get();
    }
    try (KafkaShareConsumer<String, String> first = worker(broker);
        KafkaShareConsumer<String, String> second = worker(broker)) {
      ConsumerRecord<String, String> held = deliveries(first, 1).getFirst();
      long renewedUntil = System.nanoTime() + LOCK.multipliedBy(2).toNanos();
      while (System.nanoTime() < renewedUntil) {
        first.acknowledge(held, AcknowledgeType.RENEW);
        held = deliveries(first, 1).getFirst();
        assertThat(second.poll(Duration.ofMillis(200))).isEmpty();
      }
      ConsumerRecord<String, String> again = deliveries(second, 1).getFirst();

      assertThat(held.deliveryCount()).hasValue((short) 1);
      assertThat(again.deliveryCount())
          .hasValueSatisfying(count -> assertThat(count).isGreaterThan((short) 1));
      second.acknowledge(again, AcknowledgeType.ACCEPT);
      second.commitSync();
    }
  }

  private void prepare(BrokerUnderTest broker) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.GROUP, group),
                  List.of(
                      set("share.auto.offset.reset", "earliest"),
                      set("share.isolation.level", "read_committed"),
                      set("share.renew.acknowledge.enable", "true"),
                      set("share.record.lock.duration.ms", Long.toString(LOCK.toMillis())))))
          .all()
          .get();
    }
  }

  private static AlterConfigOp set(String key, String value) {
    return new AlterConfigOp(new ConfigEntry(key, value), OpType.SET);
  }

  private static KafkaProducer<String, String> producer(
      BrokerUnderTest broker, Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  private void send(KafkaProducer<String, String> producer, String value, boolean commit)
      throws ExecutionException, InterruptedException {
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(topic, value)).get();
    if (commit) {
      producer.commitTransaction();
    } else {
      producer.abortTransaction();
    }
  }

  private KafkaShareConsumer<String, String> worker(BrokerUnderTest broker) {
    KafkaShareConsumer<String, String> worker =
        new KafkaShareConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                group,
                "share.acknowledgement.mode",
                "explicit"),
            new StringDeserializer(),
            new StringDeserializer());
    worker.subscribe(List.of(topic));
    return worker;
  }

  /** Waits for at least as many records, at most half a minute. */
  private static List<ConsumerRecord<String, String>> deliveries(
      KafkaShareConsumer<String, String> worker, int count) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (records.size() < count && System.nanoTime() < deadline) {
      ConsumerRecords<String, String> polled = worker.poll(Duration.ofMillis(200));
      polled.forEach(records::add);
    }
    assertThat(records).hasSizeGreaterThanOrEqualTo(count);
    return records;
  }
}
