package dev.refrain.topology.bench;

import dev.refrain.topology.bench.ChainPlan.Hop;
import dev.refrain.topology.bench.ChainPlan.Side;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A Kafka Streams topology that does nothing but hand records on from topic to topic, as many
 * records, hops and bytes as a question's way has, decisions and changelogs included: the least
 * that such a way can cost on Kafka Streams. It keeps no state and computes nothing.
 */
final class BareChain {
  private BareChain() {}

  /** The chain of a plan. */
  static Topology build(ChainPlan plan) {
    Topology topology = new Topology();
    for (int i = 0; i < plan.hops().size(); i++) {
      Hop hop = plan.hops().get(i);
      String handOn = "hand-on-" + i;
      topology
          .addSource(
              "source-" + i,
              Serdes.String().deserializer(),
              Serdes.ByteArray().deserializer(),
              hop.from())
          .addProcessor(handOn, () -> new HandOnProcessor(handOn, hop), "source-" + i);
      sink(topology, handOn, hop.to());
      hop.beside().forEach(side -> sink(topology, handOn, side.topic()));
    }
    return topology;
  }

  private static void sink(Topology topology, String parent, String topic) {
    topology.addSink(
        sinkName(parent, topic),
        topic,
        Serdes.String().serializer(),
        Serdes.ByteArray().serializer(),
        parent);
  }

  private static String sinkName(String parent, String topic) {
    return parent + "-to-" + topic;
  }

  private static final class HandOnProcessor implements Processor<String, byte[], String, byte[]> {
    private final String name;
    private final Hop hop;
    private final byte[] value;
    private final Map<Side, byte[]> values = new HashMap<>();

    /** Parts of records that are due, by what is written beside. */
    private final Map<Side, Double> due = new HashMap<>();

    private ProcessorContext<String, byte[]> context;

    HandOnProcessor(String name, Hop hop) {
      this.name = name;
      this.hop = hop;
      this.value = new byte[hop.bytes()];
      hop.beside().forEach(side -> values.put(side, new byte[side.bytes()]));
    }

    @Override
    public void init(ProcessorContext<String, byte[]> newContext) {
      context = newContext;
    }

    @Override
    public void process(Record<String, byte[]> record) {
      context.forward(record.withValue(value), sinkName(name, hop.to()));
      for (Side side : hop.beside()) {
        double parts = due.getOrDefault(side, 0.0) + side.share();
        while (parts >= 1) {
          context.forward(record.withValue(values.get(side)), sinkName(name, side.topic()));
          parts--;
        }
        due.put(side, parts);
      }
    }
  }
}
