package dev.refrain.topology.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker in this process: one combined KRaft node that listens on the loopback
 * interface only and keeps its records in a folder. The one class that uses Kafka's internal
 * classes. Not meant for the network or for more than one node: an outside cluster is used by its
 * address. {@link #close} may be called from any thread, and more than once.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  /** A free port may be taken by another process before the broker binds it. */
  private static final int ATTEMPTS_AT_FREE_PORTS = 3;

  private final Path folder;
  private final FolderLock lock;
  private final KafkaRaftServer server;
  private final RunningBroker address;
  private boolean closed;

  private EmbeddedBroker(
      Path folder, FolderLock lock, KafkaRaftServer server, RunningBroker address) {
    this.folder = folder;
    this.lock = lock;
    this.server = server;
    this.address = address;
  }

  /**
   * Starts a broker and waits until it serves. Records of an earlier run in the same folder are
   * there, also after that run was killed.
   *
   * @throws BrokerInUseException if another broker serves the folder
   * @throws BrokerStartException if the port is taken, or the broker cannot start
   * @throws UncheckedIOException if the folder cannot be made or written
   */
  public static EmbeddedBroker start(BrokerSettings settings) {
    Path folder = settings.folder();
    try {
      Files.createDirectories(folder);
      FolderLock lock = FolderLock.take(folder);
      try {
        EmbeddedBroker broker = startLocked(settings, lock);
        LOG.debug("Broker at {} serves {}", broker.bootstrapServers(), folder);
        return broker;
      } catch (IOException | RuntimeException e) {
        RunningBroker.forget(folder);
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use the broker folder " + folder, e);
    }
  }

  private static EmbeddedBroker startLocked(BrokerSettings settings, FolderLock lock)
      throws IOException {
    format(settings.folder());
    boolean anyPort = settings.port() == BrokerSettings.FREE_PORT;
    if (!anyPort) {
      requireFree(settings.port());
    }
    for (int attempt = 1; ; attempt++) {
      int port = anyPort ? freePort() : settings.port();
      RunningBroker address = new RunningBroker(port, ProcessHandle.current().pid());
      address.write(settings.folder());
      try {
        KafkaRaftServer server = startServer(settings.folder(), port);
        return new EmbeddedBroker(settings.folder(), lock, server, address);
      } catch (RuntimeException e) {
        if (!portTaken(e) || attempt == ATTEMPTS_AT_FREE_PORTS) {
          throw new BrokerStartException(
              "The broker in %s did not start at %s: %s"
                  .formatted(
                      settings.folder().toAbsolutePath(), address.bootstrapServers(), rootOf(e)),
              e);
        }
      }
    }
  }

  private static KafkaRaftServer startServer(Path folder, int port) throws IOException {
    KafkaConfig config =
        KafkaConfig.fromProps(NodeProperties.of(logFolder(folder), port, freePort()));
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      server.awaitShutdown();
      throw e;
    }
    return server;
  }

  /** Gives a new folder its cluster id; the file that marks it as formatted is written last. */
  private static void format(Path folder) throws IOException {
    Path logs = logFolder(folder);
    if (Files.exists(logs.resolve("meta.properties"))) {
      return;
    }
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(NodeProperties.NODE_ID)
            .setControllerListenerName(NodeProperties.CONTROLLER_LISTENER)
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
            .setMetadataLogDirectory(logs.toString())
            .addDirectory(logs.toString());
    try {
      formatter.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new BrokerStartException("Cannot format the broker folder " + logs, e);
    }
  }

  private static Path logFolder(Path folder) {
    return folder.toAbsolutePath().resolve("log");
  }

  private static void requireFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      LOG.trace("Port {} is free", socket.getLocalPort());
    } catch (BindException e) {
      throw new BrokerStartException(
          "Port %d of 127.0.0.1 is taken by another program. Choose another port, or 0 for a free one."
              .formatted(port),
          e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static boolean portTaken(Throwable failure) {
    return rootOf(failure) instanceof BindException;
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** The address for Kafka's {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return address.bootstrapServers();
  }

  /** The port on the loopback interface. */
  public int port() {
    return address.port();
  }

  /** Stops the broker, waits until it has stopped, and frees its folder. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.shutdown();
    server.awaitShutdown();
    try {
      RunningBroker.forget(folder);
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot free the broker folder " + folder, e);
    }
  }
}
