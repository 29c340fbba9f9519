package dev.refrain.topology.resilience;

import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.serve.Server;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A topology with its workers in a JVM of its own, to be killed. Its pools need no model. With the
 * role {@link #STUCK} a worker never comes back from a request after the first hundred, and says
 * so.
 */
final class RefrainProcess implements AutoCloseable {
  static final String SERVES = "serves";
  static final String STUCK = "stuck";

  private final Process process;
  private final BufferedReader output;

  private RefrainProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /**
   * Starts it, and waits until it processes questions.
   *
   * @param role how its workers behave
   * @param settings the configuration as {@code key=value} texts
   */
  static RefrainProcess start(String role, List<String> settings) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.refrain,java",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                RefrainProcess.class.getName(),
                role));
    command.addAll(settings);
    RefrainProcess started =
        new RefrainProcess(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    started.await(SERVES);
    return started;
  }

  /** Waits until it says a word, alone on a line. */
  void await(String word) throws IOException {
    String line;
    do {
      line = output.readLine();
      if (line == null) {
        throw new IllegalStateException("The process ended before it said " + word);
      }
    } while (!line.equals(word));
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
    List<String> settings = List.of(arguments).subList(1, arguments.length);
    Configuration configuration = Configuration.load(Optional.empty(), settings);
    Supplier<PoolService> service =
        arguments[0].equals(STUCK)
            ? () -> new StuckPools(100, () -> System.out.println(STUCK))
            : SlowPools::new;
    try (Server server =
        Server.startWith(
            configuration, InstantSource.system(), new SimpleMeterRegistry(), service)) {
      System.out.println(SERVES);
      server.topology().runner().awaitEnd();
    }
  }
}
