package dev.refrain.topology.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.gpuworkers.pool.ShareGroupSettings;
import dev.refrain.gpuworkers.pool.ShareGroups;
import dev.refrain.gpuworkers.pool.Worker;
import dev.refrain.gpuworkers.pool.WorkerCounters;
import dev.refrain.gpuworkers.pool.WorkerSettings;
import dev.refrain.gpuworkers.pool.WorkerSurroundings;
import dev.refrain.schemas.TopicSpec;
import dev.refrain.schemas.Topics;
import dev.refrain.schemas.avro.Rerank;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.schemas.avro.WorkResult;
import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.schemas.serde.TopicCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A pool with its topics, its workers in this process, and both ends of its work. */
final class PoolOnBroker implements AutoCloseable {
  static final String POOL = Topics.RERANK;

  private static final Instant NEVER = Instant.ofEpochMilli(4_000_000_000_000L);

  private final String bootstrapServers;
  private final Topics topics;
  private final SchemaRegistry registry;
  private final WorkerCounters counters = new WorkerCounters();
  private final List<Worker> workers = new ArrayList<>();
  private final KafkaProducer<byte[], byte[]> asker;
  private final Map<String, KafkaConsumer<byte[], byte[]>> readers = new HashMap<>();

  /**
   * @param name begins the names of the topics and of the group
   */
  PoolOnBroker(String bootstrapServers, String name, int partitions, SchemaRegistry registry) {
    this.bootstrapServers = bootstrapServers;
    this.topics = new Topics(name + ".", partitions, Duration.ofDays(1), Duration.ofDays(1));
    this.registry = registry;
    this.asker = producer(Map.of());
  }

  /** Makes the topics and tells the broker about the group. */
  PoolOnBroker create(ShareGroupSettings group) {
    List<TopicSpec> specs = List.of(topics.work(POOL), topics.results(), topics.deadLetters());
    List<NewTopic> missing =
        specs.stream()
            .map(s -> new NewTopic(s.name(), Optional.of(s.partitions()), Optional.empty()))
            .toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(missing).all().get();
      ShareGroups.configure(admin, group(), group);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  WorkerCounters counters() {
    return counters;
  }

  /** A worker that is closed without grace, not started; it has up to four consumers. */
  Worker worker(String name, int maxInFlight, PoolService service) {
    WorkerSettings settings =
        new WorkerSettings(
            POOL,
            group(),
            name,
            maxInFlight,
            Math.min(4, maxInFlight),
            3,
            Duration.ofSeconds(10),
            Duration.ZERO,
            Map.of("bootstrap.servers", bootstrapServers));
    Worker worker =
        Worker.connect(
            settings,
            new WorkerSurroundings(topics, registry, InstantSource.system(), counters),
            service);
    workers.add(worker);
    return worker;
  }

  /** A worker on a thread of its own. */
  Worker start(String name, int maxInFlight, PoolService service) {
    Worker worker = worker(name, maxInFlight, service);
    Thread.ofPlatform().name(name).start(worker);
    return worker;
  }

  void ask(String id) {
    send(asker, request(id));
  }

  void askForeignBytes(String text) {
    send(asker, new ProducerRecord<>(topics.work(POOL).name(), text.getBytes(UTF_8)));
  }

  static void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  ProducerRecord<byte[], byte[]> request(String id) {
    return new ProducerRecord<>(topics.work(POOL).name(), id.getBytes(UTF_8), encoded(id));
  }

  byte[] encoded(String id) {
    WorkRequest request =
        new WorkRequest(
            "work-" + id, id, POOL, 1, Instant.EPOCH, NEVER, "", null, new Rerank(id, List.of()));
    return new TopicCodec<WorkRequest>(WorkRequest.getClassSchema(), registry)
        .encode(topics.work(POOL).name(), request);
  }

  /**
   * The next results, at least as many as asked for; fails if they are not there in half a minute.
   */
  List<WorkResult> results(int count) {
    List<WorkResult> results = resultsWithin(count, Duration.ofSeconds(30));
    assertThat(results).hasSizeGreaterThanOrEqualTo(count);
    return results;
  }

  /** Everything that comes in a time, after what was read before. */
  List<WorkResult> resultsWithin(Duration time) {
    return resultsWithin(Integer.MAX_VALUE, time);
  }

  private List<WorkResult> resultsWithin(int count, Duration time) {
    TopicCodec<WorkResult> codec = new TopicCodec<>(WorkResult.getClassSchema(), registry);
    return read(topics.results().name(), count, time).stream()
        .map(record -> codec.decode(record.value()))
        .toList();
  }

  /** The next dead letters, at least as many as asked for if they come in half a minute. */
  List<ConsumerRecord<byte[], byte[]>> deadLetters(int count) {
    return read(topics.deadLetters().name(), count, Duration.ofSeconds(30));
  }

  KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", bootstrapServers);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    workers.forEach(Worker::close);
    readers.values().forEach(KafkaConsumer::close);
    asker.close();
  }

  private String group() {
    return topics.prefix() + "group";
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic, int count, Duration time) {
    KafkaConsumer<byte[], byte[]> reader = readers.computeIfAbsent(topic, this::reader);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Instant end = Instant.now().plus(time);
    while (records.size() < count && Instant.now().isBefore(end)) {
      reader.poll(Duration.ofMillis(50)).forEach(records::add);
    }
    return records;
  }

  private KafkaConsumer<byte[], byte[]> reader(String topic) {
    Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
    KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, topics.partitions())
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    reader.assign(partitions);
    reader.seekToBeginning(partitions);
    return reader;
  }
}
