package dev.refrain.gpuworkers.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.refrain.gpuworkers.generate.Generation;
import dev.refrain.gpuworkers.generate.GenerationEngine;
import dev.refrain.gpuworkers.generate.GenerationRequest;
import dev.refrain.gpuworkers.generate.LanguageModel;
import dev.refrain.gpuworkers.generate.Sampling;
import dev.refrain.gpuworkers.generate.Sequence;
import dev.refrain.gpuworkers.model.EngineSettings;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * stories260K served by llama.cpp, beside our own engine. Needs a Python that has llama.cpp's
 * server, as {@code serve_llama.py} among the resources says, named by the environment variable
 * {@code REFRAIN_LLAMA_PYTHON}.
 */
@Tag("corpus")
@Timeout(120)
class LlamaCppIT {
  private static final Path FOLDER =
      Path.of(System.getProperty("refrain.data"), "checkpoints", "stories260K");
  private static final String PYTHON = System.getenv("REFRAIN_LLAMA_PYTHON");
  private static final List<String> PROMPTS = List.of("", "Once upon a time", "Lily and Ben");

  /** The id of a token where an engine gives its text only, as llama-cpp-python does. */
  private static final int NOT_TOLD = -1;

  /** llama.cpp keeps keys and values in 16 bits: the most that it makes of nats here. */
  private static final float KEYS_IN_16_BITS = 1e-2f;

  private Process server;
  private OpenAiGenerator remote;
  private LanguageModel model;
  private GenerationEngine local;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.exists(FOLDER), FOLDER + " absent");
    assumeTrue(PYTHON != null, "REFRAIN_LLAMA_PYTHON names no Python with llama.cpp's server");
    int port = freePort();
    Path script =
        Path.of(Objects.requireNonNull(LlamaCppIT.class.getResource("serve_llama.py")).toURI());
    server =
        new ProcessBuilder(PYTHON, script.toString(), FOLDER.toString(), Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    remote = connect(URI.create("http://127.0.0.1:%d/v1".formatted(port)));
    model = LanguageModel.load(FOLDER, new EngineSettings(1));
    local = model.engine(InstantSource.system());
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null) {
      local.close();
      model.close();
      remote.close();
      server.destroyForcibly().waitFor();
    }
  }

  @Test
  void saysWhatOurOwnEngineSays() {
    for (String prompt : PROMPTS) {
      Sequence theirs = only(remote.submit(request(prompt, Sampling.greedy(64, List.of()))).join());
      Sequence ours = only(local.submit(request(prompt, Sampling.greedy(64, List.of()))).join());

      if (!theirs.tokenIds().contains(NOT_TOLD)) {
        assertThat(theirs.tokenIds()).isEqualTo(ours.tokenIds());
      } else if (prompt.isEmpty()) {
        continue; // llama-cpp-python then counts the token that begins a text as the answer's
      }
      // SentencePiece writes a space in front of a text's first word; llama.cpp keeps it
      assertThat(theirs.text().stripLeading()).isEqualTo(ours.text().stripLeading());
      assertThat(theirs.finish()).isEqualTo(ours.finish());
      for (int i = 0; i < ours.tokenIds().size(); i++) {
        assertThat(theirs.logProbabilities().get(i))
            .isCloseTo(ours.logProbabilities().get(i), within(KEYS_IN_16_BITS));
      }
      assertThat(theirs.firstTokenEntropy())
          .isLessThanOrEqualTo(ours.firstTokenEntropy() + KEYS_IN_16_BITS)
          .isGreaterThan(ours.firstTokenEntropy() / 2);
    }
  }

  @Test
  void stopsWhereItIsToldAndGivesTheSameSamplesForTheSameSeed() {
    Sampling sampling = new Sampling(true, 4, 1.2, 0.95, 24, List.of("."), 11);
    Generation once = remote.submit(request("Lily", sampling)).join();
    Generation again = remote.submit(request("Lily", sampling)).join();

    assertThat(once.sequences()).hasSize(5);
    assertThat(once.sequences()).extracting(Sequence::text).noneMatch(text -> text.contains("."));
    assertThat(once.sequences().stream().map(Sequence::text).distinct()).hasSizeGreaterThan(2);
    assertThat(once.sequences())
        .extracting(Sequence::text)
        .isEqualTo(again.sequences().stream().map(Sequence::text).toList());
  }

  private static Sequence only(Generation generation) {
    return generation.sequences().getFirst();
  }

  private static GenerationRequest request(String prompt, Sampling sampling) {
    return new GenerationRequest(prompt, sampling, Instant.now().plusSeconds(60));
  }

  private static OpenAiGenerator connect(URI url) throws InterruptedException {
    OpenAiSettings settings =
        new OpenAiSettings(
            url, "llama", "", 8, Duration.ofSeconds(30), 2, Duration.ofMillis(100), 5, 20);
    while (true) {
      try {
        return OpenAiGenerator.connect(settings, InstantSource.system());
      } catch (EngineException e) {
        Thread.sleep(200);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
