package dev.refrain.gpuworkers.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.model.EngineSettings;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Greedy tokens and their log-probabilities beside those of Hugging Face transformers. */
class ReferenceGenerationTest {
  private static final String PLAIN =
      "Refrain answers questions with one frozen language model, and spends a second pass only where"
          + " it pays.";

  @ParameterizedTest
  @CsvSource({
    Fixture.GROUPED_F32 + ",Who wrote the song? Grüße",
    Fixture.GROUPED_BF16_SHARDED + ",Who wrote the song? Grüße",
    Fixture.TIED_F16 + ",'" + PLAIN + "'"
  })
  void choosesTheTokensOfHuggingFaceWithItsLogProbabilities(String name, String prompt) {
    JsonNode expected = Fixture.json(name + "/expected.json");
    List<Integer> tokens =
        Fixture.numbers(expected.get("greedy")).stream().map(Double::intValue).toList();
    List<Double> logProbabilities = Fixture.numbers(expected.get("logProbabilities"));
    try (LanguageModel model = LanguageModel.load(Fixture.path(name), new EngineSettings(1));
        GenerationEngine engine = model.engine(InstantSource.system())) {
      GenerationRequest request =
          new GenerationRequest(prompt, Sampling.greedy(tokens.size(), List.of()), null);

      Generation generation = engine.generate(List.of(request)).getFirst();

      Sequence sequence = generation.sequences().getFirst();
      assertThat(generation.promptTokens()).isEqualTo(expected.get("prompt").size());
      assertThat(sequence.tokenIds()).isEqualTo(tokens);
      for (int i = 0; i < tokens.size(); i++) {
        // Float32 arithmetic in another order: 1e-4 of log-probabilities of size 2 to 5.
        assertThat((double) sequence.logProbabilities().get(i))
            .isCloseTo(logProbabilities.get(i), within(3e-4));
      }
      assertThat((double) sequence.firstTokenEntropy())
          .isCloseTo(expected.get("firstTokenEntropy").doubleValue(), within(3e-4));
      assertThat(sequence.finish()).isEqualTo(Sequence.Finish.LENGTH);
    }
  }
}
