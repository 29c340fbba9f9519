package dev.refrain.topology.worker;

import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.schemas.registry.InProcessRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A worker in a JVM of its own. It says so when it is asked for something; it does everything at
 * once, but a question called {@code stuck} never ends, and one called {@code killer} kills it.
 */
final class WorkerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private WorkerProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static WorkerProcess start(
      String bootstrapServers, String poolName, int partitions, Path registry) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.refrain,java",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            WorkerProcess.class.getName(),
            bootstrapServers,
            poolName,
            Integer.toString(partitions),
            registry.toString());
    try {
      return new WorkerProcess(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it is asked for a question. */
  void awaitAsked(String id) throws IOException {
    String line;
    do {
      line = output.readLine();
      if (line == null) {
        throw new IllegalStateException("The process ended without being asked for " + id);
      }
    } while (!line.equals("asked " + id));
  }

  /** SIGKILL, and waits until the process is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and waits until the process is gone. */
  void terminate() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** Waits until it has ended by itself. */
  boolean ended() throws InterruptedException {
    return process.waitFor(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) {
    PoolService instant = new Lasting(Duration.ZERO, new ConcurrentLinkedQueue<>());
    PoolService stuck = new Lasting(Duration.ofDays(1), new ConcurrentLinkedQueue<>());
    PoolService service =
        request -> {
          String id = request.getQuestionId();
          System.out.println("asked " + id);
          if (id.equals("killer")) {
            Runtime.getRuntime().halt(137);
          }
          return (id.equals("stuck") ? stuck : instant).submit(request);
        };
    try (InProcessRegistry registry = InProcessRegistry.in(Path.of(arguments[3]));
        PoolOnBroker pool =
            new PoolOnBroker(
                arguments[0], arguments[1], Integer.parseInt(arguments[2]), registry)) {
      var worker = pool.worker("process " + ProcessHandle.current().pid(), 100, service);
      Runtime.getRuntime().addShutdownHook(new Thread(worker::close));
      worker.run();
    }
  }
}
