package dev.refrain.topology.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  private static final String TOPIC = "notes";

  @TempDir Path folder;

  @Test
  void keepsRecordsAcrossARestartOnTheSamePort() throws Exception {
    BrokerSettings settings = new BrokerSettings(folder, freePort());
    try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + settings.port());
      createTopic(broker.bootstrapServers());
      write(broker.bootstrapServers(), "before");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + settings.port());
      write(broker.bootstrapServers(), "after");
      assertThat(records(broker.bootstrapServers())).containsExactly("before", "after");
    }
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    List<InetAddress> others = addressesOfThisMachine();
    assumeThat(others).as("addresses beside loopback").isNotEmpty();
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder))) {
      for (InetAddress address : others) {
        assertThatThrownBy(() -> new Socket(address, broker.port()).close())
            .as("connecting to %s", address)
            .isInstanceOf(ConnectException.class);
      }
      new Socket(InetAddress.ofLiteral("127.0.0.1"), broker.port()).close();
    }
  }

  @Test
  void refusesAFolderThatAnotherProcessServesAndTakesItOverOnceThatIsKilled() throws Exception {
    try (BrokerProcess other = BrokerProcess.start(folder)) {
      createTopic(other.firstLine());
      write(other.firstLine(), "written before the kill");

      assertThat(RunningBroker.in(folder))
          .hasValueSatisfying(
              found -> {
                assertThat(found.bootstrapServers()).isEqualTo(other.firstLine());
                assertThat(found.pid()).isEqualTo(other.pid());
              });
      assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.in(folder)))
          .isInstanceOf(BrokerInUseException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("process " + other.pid())
          .hasMessageContaining(other.firstLine());

      other.kill();
      assertThat(RunningBroker.in(folder)).isEmpty();
      try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder))) {
        assertThat(records(broker.bootstrapServers())).containsExactly("written before the kill");
      }
    }
  }

  @Test
  void refusesASecondProcessOnTheFolderOfThisOneAndKeepsServing() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder))) {
      assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.in(folder)))
          .isInstanceOf(BrokerInUseException.class);
      try (BrokerProcess second = BrokerProcess.start(folder)) {
        assertThat(second.firstLine())
            .contains(folder.toString(), "process " + ProcessHandle.current().pid());
      }
      createTopic(broker.bootstrapServers());
    }
    assertThat(RunningBroker.in(folder)).isEmpty();
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThatThrownBy(
              () -> EmbeddedBroker.start(new BrokerSettings(folder, taken.getLocalPort())))
          .isInstanceOf(BrokerStartException.class)
          .hasMessageContaining("Port " + taken.getLocalPort());
    }
  }

  @Test
  void leavesNoThreadsBehind() throws Exception {
    // The first broker of a JVM leaves the two clock threads of Kafka's metrics, as a static does.
    EmbeddedBroker.start(BrokerSettings.in(folder)).close();
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder));
    createTopic(broker.bootstrapServers());
    write(broker.bootstrapServers(), "one");
    broker.close();

    assertThat(threadsBeside(before)).as("threads of the closed broker").isEmpty();
  }

  /** Names of the threads that are there still after half a minute. */
  private static Set<String> threadsBeside(Set<Thread> before) throws InterruptedException {
    Set<String> left = Set.of();
    for (int tenths = 0; tenths < 300; tenths++) {
      left =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !before.contains(thread))
              .map(Thread::getName)
              .collect(Collectors.toSet());
      if (left.isEmpty()) {
        break;
      }
      Thread.sleep(100);
    }
    return left;
  }

  private static void createTopic(String bootstrapServers)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void write(String bootstrapServers, String value)
      throws ExecutionException, InterruptedException {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, value)).get();
    }
  }

  /** Every record of the topic, in its order. */
  private static List<String> records(String bootstrapServers) {
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).values().iterator().next();
      List<String> values = new ArrayList<>();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(record.value());
        }
      }
      return values;
    }
  }

  private static List<InetAddress> addressesOfThisMachine() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
