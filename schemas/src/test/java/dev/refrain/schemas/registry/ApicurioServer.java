package dev.refrain.schemas.registry;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real Apicurio Registry in a process of its own, in memory, with Confluent's API. */
final class ApicurioServer implements AutoCloseable {
  private final int port;
  private final Process process;

  private ApicurioServer(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /** Starts the server that the build unpacked into {@code target/apicurio}; does not wait. */
  static ApicurioServer start() throws IOException {
    int port = freePort();
    Path home = Path.of("target", "apicurio").toAbsolutePath();
    File log = Path.of("target", "apicurio.log").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                home.resolve("quarkus-run.jar").toString())
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    return new ApicurioServer(port, process);
  }

  String url() {
    return "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port);
  }

  /** Asks for what a Confluent registry asks for by default: new schemas read old records. */
  void requireBackwardCompatibility() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/config"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .PUT(BodyPublishers.ofString("{\"compatibility\": \"BACKWARD\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IOException("PUT /config answers " + status);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join().destroyForcibly();
  }
}
