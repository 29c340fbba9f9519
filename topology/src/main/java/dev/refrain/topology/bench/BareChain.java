package dev.refrain.topology.bench;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A Kafka Streams topology that does nothing but hand records on from topic to topic, as many hops
 * and bytes as a question's way has: the least that such a way can cost on Kafka Streams.
 */
final class BareChain {
  private BareChain() {}

  /**
   * The chain.
   *
   * @param topics from the first to the last, 2 or more
   * @param bytes size of the values written to each topic after the first
   */
  static Topology build(List<String> topics, List<Integer> bytes) {
    if (topics.size() != bytes.size() + 1) {
      throw new IllegalArgumentException(
          "%d topics need %d sizes, there are %d"
              .formatted(topics.size(), topics.size() - 1, bytes.size()));
    }
    Topology topology = new Topology();
    for (int hop = 0; hop < bytes.size(); hop++) {
      byte[] value = new byte[bytes.get(hop)];
      topology
          .addSource(
              "source-" + hop,
              Serdes.String().deserializer(),
              Serdes.ByteArray().deserializer(),
              topics.get(hop))
          .addProcessor("hand-on-" + hop, () -> new HandOnProcessor(value), "source-" + hop)
          .addSink(
              "sink-" + hop,
              topics.get(hop + 1),
              Serdes.String().serializer(),
              Serdes.ByteArray().serializer(),
              "hand-on-" + hop);
    }
    return topology;
  }

  /** Names of the chain's topics. */
  static List<String> topics(String prefix, int hops) {
    List<String> topics = new ArrayList<>();
    for (int i = 0; i <= hops; i++) {
      topics.add(prefix + "hop-" + i);
    }
    return topics;
  }

  private static final class HandOnProcessor implements Processor<String, byte[], String, byte[]> {
    private final byte[] value;
    private ProcessorContext<String, byte[]> context;

    HandOnProcessor(byte[] value) {
      this.value = value;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> newContext) {
      context = newContext;
    }

    @Override
    public void process(Record<String, byte[]> record) {
      context.forward(record.withValue(value));
    }
  }
}
