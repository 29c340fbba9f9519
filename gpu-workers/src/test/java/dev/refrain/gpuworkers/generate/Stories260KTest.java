package dev.refrain.gpuworkers.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The published greedy text and ids of stories260K: llama2.c's own test, in expected.json. */
@Tag("corpus")
class Stories260KTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("refrain.data"), "checkpoints", "stories260K");

  @Test
  void continuesTheStartTokenWithThePublishedTextAndIds() throws IOException {
    assumeTrue(Files.exists(FOLDER), FOLDER + " absent");
    JsonNode expected = new JsonMapper().readTree(FOLDER.resolve("expected.json").toFile());
    try (LanguageModel model = LanguageModel.load(FOLDER, new EngineSettings(1));
        GenerationEngine generator = model.engine(InstantSource.system())) {
      Sequence sequence = generate(generator, 256);

      List<Integer> ids = new ArrayList<>(List.of(1));
      ids.addAll(sequence.tokenIds());
      List<Integer> published = new ArrayList<>();
      expected.get("ids_256").forEach(id -> published.add(id.intValue()));
      assertThat(ids).isEqualTo(published);
      assertThat(sequence.text()).isEqualTo(expected.get("steps_256_expected").asText());
      assertThat(generate(generator, 200).text())
          .isEqualTo(expected.get("steps_200_expected").asText());
    }
  }

  /** Eight bits keep the story for a while; where two tokens are close, another one begins. */
  @Test
  void beginsTheSameStoryWithWeightsInEightBits() throws IOException {
    assumeTrue(Files.exists(FOLDER), FOLDER + " absent");
    JsonNode expected = new JsonMapper().readTree(FOLDER.resolve("expected.json").toFile());
    EngineSettings settings = new EngineSettings(1).with(Precision.INT8);
    try (LanguageModel model = LanguageModel.load(FOLDER, settings);
        GenerationEngine generator = model.engine(InstantSource.system())) {
      assertThat(expected.get("steps_256_expected").asText())
          .startsWith(generate(generator, 60).text());
    }
  }

  private static Sequence generate(Generator generator, int maxNewTokens) {
    return generator
        .generate(
            List.of(new GenerationRequest("", Sampling.greedy(maxNewTokens, List.of()), null)))
        .getFirst()
        .sequences()
        .getFirst();
  }
}
