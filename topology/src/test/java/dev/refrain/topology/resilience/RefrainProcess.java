package dev.refrain.topology.resilience;

import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.serve.Server;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A topology or workers in a JVM of its own, to be killed. Pools need no model. Workers never come
 * back from a batch after their first hundred requests, and say so.
 */
final class RefrainProcess implements AutoCloseable {
  static final String TOPOLOGY = "topology";
  static final String WORKERS = "workers";

  /** What workers say inside the batch that they never come back from. */
  static final String STUCK = "stuck";

  private static final String RUNS = "runs";

  private final Process process;
  private final BufferedReader output;

  private RefrainProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /**
   * Starts it, and waits until it runs.
   *
   * @param role {@link #TOPOLOGY}, with the workers of its settings, or {@link #WORKERS}
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
    started.await(RUNS);
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
    if (arguments[0].equals(WORKERS)) {
      try (Workers _ =
          Workers.start(configuration, new StuckPools(100, () -> System.out.println(STUCK)))) {
        System.out.println(RUNS);
        Thread.sleep(Duration.ofDays(1));
      }
    }
    try (Server server =
        Server.startWith(
            configuration, InstantSource.system(), new SimpleMeterRegistry(), SlowPools::new)) {
      System.out.println(RUNS);
      server.topology().runner().awaitEnd();
    }
  }
}
