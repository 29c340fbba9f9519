package dev.refrain.topology.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.refrain.schemas.registry.RegistryUnavailableException;
import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.registry.Registries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A registry that is down when a process starts. */
@Timeout(60)
class RegistryAwayIT {
  private final AtomicInteger registered = new AtomicInteger();

  @Test
  void waitsForARegistryThatComesUpLater() throws Exception {
    int port = freePort();
    CompletableFuture<SchemaRegistry> opened =
        CompletableFuture.supplyAsync(() -> open(configuration(port, "30s")));
    Thread.sleep(1_500);
    assertThat(opened).as("opened while nothing listens").isNotDone();

    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
    server.createContext("/subjects/", this::register);
    server.start();
    try (SchemaRegistry _ = opened.get(20, TimeUnit.SECONDS)) {
      assertThat(registered).hasValue(9);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void givesUpAfterTheConfiguredTimeAndNamesTheUrl() throws Exception {
    int port = freePort();

    assertThatThrownBy(() -> open(configuration(port, "1s")))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("http://127.0.0.1:" + port);
  }

  private static SchemaRegistry open(Configuration configuration) {
    try {
      return Registries.open(configuration, InstantSource.system());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Configuration configuration(int port, String startTimeout) {
    return Configuration.load(
        Optional.empty(),
        List.of("registry.url=http://127.0.0.1:" + port, "registry.startTimeout=" + startTimeout));
  }

  /** Gives each subject a schema id of its own, as Confluent's API does. */
  private void register(HttpExchange exchange) throws IOException {
    byte[] answer = "{\"id\": %d}".formatted(registered.incrementAndGet()).getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
