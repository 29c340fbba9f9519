package dev.refrain.topology.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * The server properties of the embedded node. One node keeps one copy of everything, so every
 * internal topic is at replication 1; internal topics have few partitions, so that a first start is
 * quick; waiting times that protect large groups are cut, for here all members are on one machine.
 */
final class NodeProperties {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final Map<String, String> ALWAYS =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", Integer.toString(NODE_ID)),
          Map.entry("controller.listener.names", CONTROLLER_LISTENER),
          Map.entry("inter.broker.listener.name", "PLAINTEXT"),
          Map.entry("auto.create.topics.enable", "false"),
          // One copy of the internal topics.
          Map.entry("default.replication.factor", "1"),
          Map.entry("min.insync.replicas", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.num.partitions", "4"),
          // Groups: consumers, workers (share) and topology (streams).
          // A member hears of its partitions at a heartbeat, and is missed after its session.
          Map.entry("group.consumer.heartbeat.interval.ms", "1000"),
          Map.entry("group.share.heartbeat.interval.ms", "1000"),
          Map.entry("group.streams.heartbeat.interval.ms", "1000"),
          Map.entry("group.consumer.session.timeout.ms", "10000"),
          Map.entry("group.share.session.timeout.ms", "10000"),
          Map.entry("group.streams.session.timeout.ms", "10000"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
          Map.entry("group.min.session.timeout.ms", "1000"),
          Map.entry("group.consumer.min.session.timeout.ms", "1000"),
          Map.entry("group.consumer.min.heartbeat.interval.ms", "200"),
          Map.entry("group.share.min.session.timeout.ms", "1000"),
          Map.entry("group.share.min.heartbeat.interval.ms", "200"),
          Map.entry("group.streams.min.session.timeout.ms", "1000"),
          Map.entry("group.streams.min.heartbeat.interval.ms", "200"),
          // A worker gives up on a record at its third delivery; the broker later, as a last
          // resort.
          Map.entry("group.share.delivery.count.limit", "5"),
          Map.entry("group.share.min.record.lock.duration.ms", "1000"),
          // After a kill the node waits until its own earlier registration has run out.
          Map.entry("broker.session.timeout.ms", "5000"),
          Map.entry("broker.heartbeat.interval.ms", "500"),
          // A process killed inside a transaction hides later records until it is aborted.
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
          // Memory and threads of a guest: 128 MiB for the cleaner by default.
          Map.entry("log.cleaner.dedupe.buffer.size", "8388608"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "4"),
          Map.entry("group.coordinator.threads", "1"),
          Map.entry("background.threads", "2"));

  private NodeProperties() {}

  static Properties of(Path logFolder, int port, int controllerPort) {
    Properties properties = new Properties();
    properties.putAll(ALWAYS);
    String clients = "PLAINTEXT://127.0.0.1:" + port;
    properties.setProperty(
        "listeners",
        "%s,%s://127.0.0.1:%d".formatted(clients, CONTROLLER_LISTENER, controllerPort));
    properties.setProperty("advertised.listeners", clients);
    properties.setProperty(
        "listener.security.protocol.map", CONTROLLER_LISTENER + ":PLAINTEXT,PLAINTEXT:PLAINTEXT");
    properties.setProperty(
        "controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE_ID, controllerPort));
    properties.setProperty("log.dirs", logFolder.toString());
    properties.setProperty("metadata.log.dir", logFolder.toString());
    return properties;
  }
}
