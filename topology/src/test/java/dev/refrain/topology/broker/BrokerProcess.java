package dev.refrain.topology.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An embedded broker in a JVM of its own, to be shared a folder with, and to be killed. */
final class BrokerProcess implements AutoCloseable {
  private final Process process;
  private final String firstLine;

  private BrokerProcess(Process process, String firstLine) {
    this.process = process;
    this.firstLine = firstLine;
  }

  /** Starts a broker in the folder and waits for its address, or for the reason why it has none. */
  static BrokerProcess start(Path folder) throws IOException {
    List<String> command =
        Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                folder.toString())
            .toList();
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    BufferedReader output = process.inputReader();
    return new BrokerProcess(process, String.valueOf(output.readLine()));
  }

  /** Its address, or why it refused to start. */
  String firstLine() {
    return firstLine;
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL, and waits until the process is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(Path.of(arguments[0])))) {
      System.out.println(broker.bootstrapServers());
      Thread.sleep(Long.MAX_VALUE);
    } catch (BrokerInUseException e) {
      System.out.println(e.getMessage());
    }
  }
}
