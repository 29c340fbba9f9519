package dev.refrain.topology.harness;

/** A running broker, shared by all tests of the JVM. */
public interface BrokerUnderTest extends AutoCloseable {

  /** The address for Kafka's {@code bootstrap.servers}. */
  String bootstrapServers();

  @Override
  void close();
}
