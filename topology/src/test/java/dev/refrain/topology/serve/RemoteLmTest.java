package dev.refrain.topology.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.schemas.avro.Generate;
import dev.refrain.schemas.avro.Generated;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.ConfigurationException;
import dev.refrain.topology.validation.Check;
import dev.refrain.topology.validation.Validation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteLmTest {
  private static final String MODELS =
      """
      {"data": [{"id": "llama", "owned_by": "vllm"}]}""";
  private static final String COMPLETION =
      """
      {"choices": [{"index": 0, "text": " Paris", "finish_reason": "stop", "logprobs":
        {"tokens": ["token_id:7"], "token_logprobs": [-0.5], "top_logprobs": [{"token_id:7": -0.5}]}}],
       "usage": {"prompt_tokens": 5}}""";

  private HttpServer engine;

  @BeforeEach
  void start() throws IOException {
    engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    engine.createContext("/v1/models", exchange -> respond(exchange, MODELS));
    engine.createContext("/v1/completions", exchange -> respond(exchange, COMPLETION));
    engine.start();
  }

  @AfterEach
  void stop() {
    engine.stop(0);
  }

  @Test
  void servesWhatIsMeantForTheModelThatTheEngineStandsFor() {
    try (RemoteLm lm = connect(configuration("llama"))) {
      assertThat(lm.submit(request("abc")).join())
          .isInstanceOfSatisfying(
              Outcome.Done.class,
              done ->
                  assertThat(((Generated) done.result()).getCandidates().getFirst().getText())
                      .isEqualTo(" Paris"));
      assertThat(lm.submit(request("other")).join())
          .isEqualTo(
              new Outcome.Refused("The request is for model other; this worker serves model abc"));
    }
  }

  @Test
  void namesTheKeyWhereTheEngineServesAnotherModel() {
    assertThatThrownBy(() -> connect(configuration("qwen")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("workers.openai: ")
        .hasMessageContaining("serves [llama], not 'qwen'");
  }

  @Test
  void isTriedByValidation() {
    assertThat(checkOf("llama").status()).isEqualTo(Check.Status.OK);
    assertThat(checkOf("qwen").status()).isEqualTo(Check.Status.FAILED);
    assertThat(checkOf("qwen").detail()).contains("serves [llama], not 'qwen'");
  }

  private Check checkOf(String model) {
    return Validation.of(configuration(model), Duration.ofSeconds(1)).stream()
        .filter(check -> check.what().equals("engine"))
        .findFirst()
        .orElseThrow();
  }

  private Configuration configuration(String model) {
    return Configuration.load(
        Optional.empty(),
        List.of(
            "workers.openai.url=http://localhost:%d/v1".formatted(engine.getAddress().getPort()),
            "workers.openai.model=" + model,
            "workers.openai.digest=abc"));
  }

  private static RemoteLm connect(Configuration configuration) {
    return RemoteLm.connect(
        configuration.workers().openai(), configuration.model(), InstantSource.system());
  }

  private static WorkRequest request(String digest) {
    Generate work = new Generate("Capital?", true, 0, 1.0, 1.0, 4, List.of(), 0L, null);
    Instant now = Instant.now();
    return new WorkRequest("w", "q", "lm", 1, now, now.plusSeconds(30), digest, null, work);
  }

  private static void respond(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
