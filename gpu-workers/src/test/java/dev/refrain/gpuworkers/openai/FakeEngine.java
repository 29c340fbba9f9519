package dev.refrain.gpuworkers.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An engine that answers as vLLM does, save where it was told to fail: each call takes the next
 * fault, if there is one, in the order of their arrival.
 */
final class FakeEngine implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final HttpServer server;
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<JsonNode> calls = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final AtomicInteger atOnce = new AtomicInteger();
  private volatile int mostAtOnce;
  private volatile String owner = "vllm";
  private volatile Duration slowness = Duration.ZERO;

  /** What goes wrong with one call. */
  interface Fault {
    void on(HttpExchange exchange) throws IOException;

    /** A status with a body and perhaps Retry-After. */
    static Fault status(int status, String body, String... retryAfter) {
      return exchange -> {
        for (String value : retryAfter) {
          exchange.getResponseHeaders().add("Retry-After", value);
        }
        respond(exchange, status, body);
      };
    }

    /** Announces more than it sends, and hangs up. */
    static Fault cutOff() {
      return exchange -> {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write("{\"choices\":".getBytes(UTF_8));
        exchange.getResponseBody().flush();
        exchange.close();
      };
    }
  }

  private FakeEngine(HttpServer server) {
    this.server = server;
  }

  static FakeEngine start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeEngine engine = new FakeEngine(server);
    server.createContext("/v1/models", engine::models);
    server.createContext("/v1/completions", engine::completions);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return engine;
  }

  URI url() {
    return URI.create("http://localhost:%d/v1".formatted(server.getAddress().getPort()));
  }

  FakeEngine fail(Fault... next) {
    faults.addAll(List.of(next));
    return this;
  }

  FakeEngine ownedBy(String name) {
    owner = name;
    return this;
  }

  FakeEngine slow(Duration time) {
    slowness = time;
    return this;
  }

  /** The bodies of the calls for completions, those that failed too. */
  List<JsonNode> calls() {
    return calls;
  }

  List<String> authorizations() {
    return authorizations;
  }

  int mostAtOnce() {
    return mostAtOnce;
  }

  private void models(HttpExchange exchange) throws IOException {
    respond(
        exchange,
        200,
        """
        {"object":"list","data":[{"id":"llama","object":"model","owned_by":"%s"}]}"""
            .formatted(owner));
  }

  private void completions(HttpExchange exchange) throws IOException {
    mostAtOnce = Math.max(mostAtOnce, atOnce.incrementAndGet());
    try {
      JsonNode call = MAPPER.readTree(exchange.getRequestBody());
      calls.add(call);
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      Fault fault = faults.poll();
      Thread.sleep(slowness);
      if (fault == null) {
        respond(exchange, 200, answer(call));
      } else {
        fault.on(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      atOnce.decrementAndGet();
    }
  }

  /** In the lists of OpenAI's completions, token ids as vLLM puts them there. */
  private static String answer(JsonNode call) {
    String choices =
        IntStream.range(0, call.path("n").asInt(1))
            .mapToObj(
                i ->
                    """
                    {"index":%d,"text":" Paris %d","finish_reason":"stop","logprobs":{
                     "tokens":["token_id:7","token_id:9"],"token_logprobs":[-0.5,-0.25],
                     "top_logprobs":[{"token_id:7":-0.5,"token_id:8":-1.5},{"token_id:9":-0.25}],
                     "text_offset":[0,6]}}"""
                        .formatted(i, i))
            .collect(Collectors.joining(","));
    return "{\"choices\":[%s],\"usage\":{\"prompt_tokens\":5}}".formatted(choices);
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
