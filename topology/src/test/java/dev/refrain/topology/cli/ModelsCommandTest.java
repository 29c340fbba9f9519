package dev.refrain.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {
  private static final Path TINY =
      Path.of("src/test/resources/dev/refrain/topology/serve/tiny-llama");
  private static final Path ENCODERS =
      Path.of("../gpu-workers/src/test/resources/dev/refrain/gpuworkers/fixtures/encoders");
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String TOKEN = "hf_secret";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer hub;

  /** A hub with one model, org/tiny, that says sizes and checksums in headers alone. */
  @BeforeEach
  void publish() throws IOException {
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext("/api/models/org/tiny/revision/main", ModelsCommandTest::list);
    hub.createContext("/org/tiny/resolve/" + COMMIT, ModelsCommandTest::give);
    hub.start();
  }

  @AfterEach
  void close() {
    hub.stop(0);
  }

  @Test
  void pullsListsChecksAndUsesAModel() throws Exception {
    assertThat(run("models", "pull", "org/tiny")).as(err.toString()).isZero();
    Path pulled = folder.resolve("models/org/tiny/" + COMMIT);
    assertThat(out.toString()).contains(pulled.toString(), "Use it with --model org/tiny");
    assertThat(err.toString())
        .contains("Commit 0123456789ab", "Skipped: README.md", "Fetching model.safetensors")
        .doesNotContain(TOKEN);

    assertThat(run("models", "list")).isZero();
    assertThat(out.toString())
        .containsPattern(
            "org/tiny +0123456789ab \\(main\\) +llama +decoder +10.8K +\\S+ kB +" + pulled)
        .containsPattern("house model +[0-9a-f]{12} +refrain-llama");

    assertThat(run("models", "check", "org/tiny", "--json")).isZero();
    JsonNode check = new JsonMapper().readTree(out.toString());
    assertThat(check.get("folder").textValue()).isEqualTo(pulled.toString());
    assertThat(check.get("usable").booleanValue()).isTrue();
    // 4 bytes for each of 10,768 parameters, and 256 for each of 2048 tokens.
    assertThat(check.get("memoryTotal").longValue()).isEqualTo(567_360);
    assertThat(check.get("digest").textValue()).matches("[0-9a-f]{64}");

    assertThat(run("generate", "--model", "org/tiny", "--prompt", "a", "--max-new-tokens", "2"))
        .as(err.toString())
        .isZero();
    assertThat(run("validate", "--set", "model.folder=org/tiny@main")).isZero();
    assertThat(out.toString())
        .contains("hub.token", "***", pulled.toString())
        .doesNotContain(TOKEN);
  }

  @Test
  void saysWhatAnEncoderIsGoodForAndThatItDoesNotAnswer() throws Exception {
    String sentences = ENCODERS.resolve("bert").toString();
    assertThat(run("models", "check", sentences)).as(err.toString()).isZero();
    assertThat(out.toString())
        .containsPattern("kind +sentence encoder, mean pooling")
        .containsPattern("context +64 tokens")
        .containsPattern("memory +weights 115.1 kB in FP32\n")
        .contains("SentenceEncoder embeds texts with it", "model.folder takes a decoder");

    assertThat(run("models", "check", "--json", ENCODERS.resolve("t5").toString())).isZero();
    JsonNode check = new JsonMapper().readTree(out.toString());
    assertThat(check.get("kind").textValue()).isEqualTo("encoder-decoder");
    assertThat(check.get("usable").booleanValue()).isTrue();
    assertThat(check.get("answers").booleanValue()).isFalse();
    assertThat(check.get("contextLength").isNull()).isTrue();
    assertThat(check.get("digest").textValue()).matches("[0-9a-f]{64}");

    assertThat(run("validate", "--set", "model.folder=" + sentences)).isEqualTo(1);
    assertThat(out.toString()).contains("FAILED", "a decoder's, which alone answers");
    assertThat(run("generate", "--model", sentences, "--prompt", "a")).isEqualTo(1);
    assertThat(err.toString()).contains("a decoder's, which alone answers").doesNotContain("\tat ");
  }

  @Test
  void saysEveryReasonForWhichAModelCannotBeUsed() throws Exception {
    Path damaged = Files.createDirectory(folder.resolve("damaged"));
    String config = Files.readString(TINY.resolve("config.json"));
    Files.writeString(
        damaged.resolve("config.json"),
        config
            .replace("\"attention_bias\": false", "\"attention_bias\": true")
            .replace("\"mlp_bias\": false", "\"mlp_bias\": true"));

    assertThat(run("models", "check", damaged.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "llama",
            "Refrain cannot use it:",
            "attention_bias is true",
            "mlp_bias is true",
            "neither model.safetensors nor",
            "tokenizer.json: is missing");
    assertThat(run("models", "check", "--json", damaged.toString())).isEqualTo(1);
    assertThat(new JsonMapper().readTree(out.toString()).get("refusals")).hasSize(4);
  }

  @Test
  void refusesWhatIsNoModel() {
    assertThat(run("models", "pull", "tiny")).isEqualTo(2);
    assertThat(err.toString()).contains("\"tiny\" is not ORG/NAME");
    assertThat(run("models", "pull", "org/other")).isEqualTo(1);
    assertThat(err.toString()).contains("answers 404 for org/other/revision/main");
    assertThat(run("models", "check", "org/other")).isEqualTo(1);
    assertThat(err.toString()).contains("org/other: is no folder").contains("pull a model");
    assertThat(run("models")).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: refrain models");
  }

  private static void list(HttpExchange exchange) throws IOException {
    StringBuilder files = new StringBuilder("{\"rfilename\": \"README.md\"}");
    for (String name :
        List.of("config.json", "generation_config.json", "tokenizer.json", "model.safetensors")) {
      files.append(", {\"rfilename\": \"%s\"}".formatted(name));
    }
    String json = "{\"sha\": \"%s\", \"siblings\": [%s]}".formatted(COMMIT, files);
    answer(exchange, json.getBytes(StandardCharsets.UTF_8));
  }

  private static void give(HttpExchange exchange) throws IOException {
    Path file = TINY.resolve(Path.of(exchange.getRequestURI().getPath()).getFileName());
    exchange.getResponseHeaders().set("ETag", '"' + sha256(file) + '"');
    answer(exchange, Files.readAllBytes(file));
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
    }
    exchange.sendResponseHeaders(200, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of(
            "--set",
            "hub.folder=" + folder.resolve("models"),
            "--set",
            "hub.token=" + TOKEN,
            "--set",
            "hub.endpoint=http://localhost:" + hub.getAddress().getPort()));
    return Refrain.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
  }
}
