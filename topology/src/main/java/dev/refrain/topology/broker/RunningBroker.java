package dev.refrain.topology.broker;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * A broker that serves a data folder, perhaps in another process, as its file {@code
 * broker.properties} tells.
 *
 * @param port port on the loopback interface
 * @param pid the process that runs it
 */
public record RunningBroker(int port, long pid) {
  private static final String FILE = "broker.properties";
  private static final Duration ANSWER_TIME = Duration.ofSeconds(2);

  /** The address for Kafka's {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /**
   * The broker that serves a folder now: one that wrote its address there and accepts connections.
   *
   * @throws UncheckedIOException if the file cannot be read
   */
  public static Optional<RunningBroker> in(Path folder) {
    return written(folder).filter(RunningBroker::accepts);
  }

  /** What the file says, whether or not that broker still runs. */
  static Optional<RunningBroker> written(Path folder) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve(FILE))) {
      properties.load(reader);
      return Optional.of(
          new RunningBroker(
              Integer.parseInt(properties.getProperty("port", "")),
              Long.parseLong(properties.getProperty("pid", ""))));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder.resolve(FILE), e);
    }
  }

  void write(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", bootstrapServers());
    properties.setProperty("port", Integer.toString(port));
    properties.setProperty("pid", Long.toString(pid));
    StringWriter text = new StringWriter();
    properties.store(text, "The broker that serves this folder");
    Path part = folder.resolve(FILE + ".part");
    Files.writeString(part, text.toString());
    Files.move(
        part,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  static void forget(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
          Math.toIntExact(ANSWER_TIME.toMillis()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
