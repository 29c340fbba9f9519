package dev.refrain.topology.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends records into one topic and waits for their keys on another: the same for both sides of a
 * comparison. Not safe for use by many threads.
 */
final class Traffic implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration STUCK_AFTER = Duration.ofMinutes(2);

  private final String into;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;

  Traffic(Map<String, String> client, String into, String out) {
    this.into = into;
    Map<String, Object> producing = new HashMap<>(client);
    producing.put("acks", "all");
    producing.put("linger.ms", "1");
    producer = new KafkaProducer<>(producing, new StringSerializer(), new ByteArraySerializer());
    Map<String, Object> consuming = new HashMap<>(client);
    consuming.put("isolation.level", "read_committed");
    consumer =
        new KafkaConsumer<>(consuming, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(out).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /**
   * What a burst took.
   *
   * @param perSecond records a second, from the first sent to the last received
   * @param processorMicroseconds processor time of this process for each record: clients, broker,
   *     compiler and all
   */
  record Burst(double perSecond, double processorMicroseconds) {}

  /** Sends records as fast as they go and waits for all of them. */
  Burst throughput(List<String> keys, Function<String, byte[]> value) {
    long processor = processorNanos();
    long start = System.nanoTime();
    Map<String, Long> open = new ConcurrentHashMap<>();
    keys.forEach(key -> send(key, value.apply(key), open));
    producer.flush();
    await(open);
    double seconds = (System.nanoTime() - start) / 1e9;
    double microseconds = (processorNanos() - processor) / 1e3;
    return new Burst(keys.size() / seconds, microseconds / keys.size());
  }

  /**
   * Sends one record after another, each when the one before has come out.
   *
   * @return the median time of one, in milliseconds
   */
  double medianLatency(List<String> keys, Function<String, byte[]> value) {
    double[] milliseconds = new double[keys.size()];
    for (int i = 0; i < milliseconds.length; i++) {
      long start = System.nanoTime();
      Map<String, Long> open = new ConcurrentHashMap<>();
      send(keys.get(i), value.apply(keys.get(i)), open);
      await(open);
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(milliseconds);
    return milliseconds[milliseconds.length / 2];
  }

  private static long processorNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private void send(String key, byte[] value, Map<String, Long> open) {
    open.put(key, System.nanoTime());
    var unused = producer.send(new ProducerRecord<>(into, key, value));
  }

  private void await(Map<String, Long> open) {
    long last = System.nanoTime();
    while (!open.isEmpty()) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        open.remove(record.key());
        last = System.nanoTime();
      }
      if (System.nanoTime() - last > STUCK_AFTER.toNanos()) {
        throw new IllegalStateException(
            "%d records sent to %s did not come out".formatted(open.size(), into));
      }
    }
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
