package dev.refrain.gpuworkers.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The engine's interface over HTTP, one call at a time: tells busy from broken and both from a
 * refusal. Repeats nothing. Safe for use by many threads; an interrupt ends a call, and engines end
 * the generation with it.
 */
final class EngineApi implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int MOST_QUOTED = 500;

  private final JsonMapper mapper = new JsonMapper();
  private final OpenAiSettings settings;
  private final HttpClient http;

  EngineApi(OpenAiSettings settings) {
    this.settings = settings;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  JsonNode get(String resource) throws InterruptedException {
    return answer(request(resource).GET().build());
  }

  /**
   * @throws EngineBusyException if the engine is busy or away
   * @throws EngineException if it failed or its answer makes no sense
   * @throws IllegalArgumentException if it refuses the call, with its reason and what to change
   */
  JsonNode post(String resource, JsonNode body) throws InterruptedException {
    return answer(
        request(resource)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  private HttpRequest.Builder request(String resource) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.at(resource)).timeout(settings.timeout());
    if (!settings.apiKey().isEmpty()) {
      request.header("Authorization", "Bearer " + settings.apiKey());
    }
    return request;
  }

  private JsonNode answer(HttpRequest request) throws InterruptedException {
    HttpResponse<String> response = send(request);
    int status = response.statusCode();
    if (status / 100 == 2) {
      return parsed(request.uri(), response.body());
    }
    String said = "%s answered %d: %s".formatted(request.uri(), status, message(response.body()));
    throw switch (status) {
      case 429, 502, 503, 504 -> busy(said, response);
      case 401, 403 -> new IllegalArgumentException(said + "; set the engine's apiKey");
      case 404 -> new IllegalArgumentException(said + "; check the engine's url and model");
      default ->
          status / 100 == 4
              ? new IllegalArgumentException(
                  said + "; change the request or the engine's limits: it would be refused again")
              : new EngineException(said);
    };
  }

  private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new EngineBusyException(
          "%s cannot be reached: %s".formatted(request.uri(), reason(e)), e);
    } catch (HttpTimeoutException e) {
      throw new EngineException(
          "%s gave no answer within %s".formatted(request.uri(), settings.timeout()), e);
    } catch (IOException e) {
      throw new EngineException("%s broke off: %s".formatted(request.uri(), reason(e)), e);
    }
  }

  private static String reason(IOException e) {
    return e.getCause() instanceof ClosedChannelException || e.getMessage() == null
        ? "the connection was refused or closed"
        : e.getMessage();
  }

  private JsonNode parsed(URI uri, String body) {
    try {
      return mapper.readTree(body);
    } catch (JsonProcessingException e) {
      throw new EngineException("%s answered no JSON: %s".formatted(uri, shortened(body)), e);
    }
  }

  /** What the engine says in words, wherever it says it. */
  private String message(String body) {
    try {
      JsonNode said = mapper.readTree(body);
      return Stream.of(said.at("/error/message"), said.path("message"), said.path("detail"))
          .filter(text -> !text.isMissingNode())
          .findFirst()
          .map(text -> text.isTextual() ? text.textValue() : text.toString())
          .map(EngineApi::shortened)
          .orElseGet(() -> shortened(body));
    } catch (JsonProcessingException e) {
      return shortened(body);
    }
  }

  private static String shortened(String text) {
    return text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "…";
  }

  /** {@code Retry-After} counts in seconds; a date in its place is passed over. */
  private static EngineBusyException busy(String said, HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .<EngineBusyException>map(time -> new EngineBusyException.AsksToWait(said, time))
        .orElseGet(() -> new EngineBusyException(said));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
