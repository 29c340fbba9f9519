package dev.refrain.gpuworkers.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.generate.BeamSettings.Stopping;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.SafetensorsFile;
import dev.refrain.gpuworkers.model.Seq2SeqFolder;
import dev.refrain.gpuworkers.model.Seq2SeqModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * T5 1.0 and 1.1 beside {@code generate} of Hugging Face transformers 4.57.3: {@code
 * fixtures/encoders/make.py} says how the outputs were made.
 */
class Seq2SeqGeneratorTest {

  @ParameterizedTest
  @ValueSource(strings = {"t5", "t5-gated"})
  void writesTheLikeliestTokens(String name) {
    Path folder = Fixture.path("encoders/" + name);
    List<List<Integer>> expected = tokens(folder, "greedy_");
    try (Seq2SeqModel model = load(folder)) {
      Seq2SeqGenerator generator = new Seq2SeqGenerator(model, Set.of());
      List<int[]> inputs = inputs(folder);

      assertThat(generator.greedy(inputs, 64)).isEqualTo(expected);
      for (int i = 0; i < inputs.size(); i++) {
        assertThat(generator.greedy(List.of(inputs.get(i)), 64)).containsExactly(expected.get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t5", "t5-gated"})
  void findsTheBeamsOfTransformers(String name) {
    Path folder = Fixture.path("encoders/" + name);
    List<int[]> inputs = inputs(folder);
    try (Seq2SeqModel model = load(folder)) {
      for (JsonNode run : Fixture.json("encoders/" + name + "/beams.json")) {
        Set<Integer> stopTokens = Set.copyOf(ids(run.get("eos")));
        Seq2SeqGenerator generator = new Seq2SeqGenerator(model, stopTokens);
        BeamSettings settings = settings(run.get("settings"));
        if (settings.numBeams() == 1) { // which is no search to transformers
          List<List<Integer>> outputs = generator.greedy(inputs, settings.maxNewTokens());
          for (int i = 0; i < inputs.size(); i++) {
            assertThat(outputs.get(i)).isEqualTo(ids(run.get("found").get(i).get(0).get("tokens")));
          }
          continue;
        }
        List<List<Hypothesis>> together = generator.search(inputs, settings);
        for (int i = 0; i < inputs.size(); i++) {
          assertFound(together.get(i), run.get("found").get(i));
          List<Hypothesis> alone = generator.search(List.of(inputs.get(i)), settings).getFirst();
          assertFound(alone, run.get("found").get(i));
        }
      }
    }
  }

  @Test
  void endsOutputsWithTheTokensThatTheFolderNames() {
    Path folder = Fixture.path("encoders/t5");
    JsonNode run = Fixture.json("encoders/t5/beams.json").get(0);
    try (Seq2SeqModel model = load(folder)) {
      assertThat(model.eosTokenIds()).isEqualTo(ids(run.get("eos")));
      List<List<Hypothesis>> found =
          new Seq2SeqGenerator(model).search(inputs(folder), settings(run.get("settings")));
      assertFound(found.getFirst(), run.get("found").get(0));
    }
  }

  private static void assertFound(List<Hypothesis> actual, JsonNode expected) {
    assertThat(actual).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      double score = expected.get(i).get("score").asDouble();
      assertThat(actual.get(i).tokenIds()).isEqualTo(ids(expected.get(i).get("tokens")));
      assertThat((double) actual.get(i).score()).isCloseTo(score, within(1e-4 * Math.abs(score)));
    }
  }

  private static List<Integer> ids(JsonNode array) {
    return Fixture.numbers(array).stream().map(Double::intValue).toList();
  }

  private static BeamSettings settings(JsonNode json) {
    return new BeamSettings(
        json.get("num_beams").asInt(),
        json.get("max_new_tokens").asInt(),
        json.get("length_penalty").asDouble(),
        switch (json.get("early_stopping").asText()) {
          case "true" -> Stopping.WHEN_ALL_HAVE_ENDED;
          case "false" -> Stopping.WHEN_NONE_LOOKS_BETTER;
          default -> Stopping.WHEN_NONE_CAN_BE_BETTER;
        });
  }

  private static Seq2SeqModel load(Path folder) {
    return Seq2SeqModel.load(Seq2SeqFolder.open(folder), new EngineSettings(1));
  }

  private static List<int[]> inputs(Path folder) {
    return tokens(folder, "tokens_").stream()
        .map(tokens -> tokens.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private static List<List<Integer>> tokens(Path folder, String prefix) {
    SafetensorsFile numbers = SafetensorsFile.open(folder.resolve("numbers.safetensors"));
    return IntStream.range(0, 4)
        .mapToObj(
            i -> {
              float[] tokens = numbers.numbers(prefix + i);
              return IntStream.range(0, tokens.length).mapToObj(at -> (int) tokens[at]).toList();
            })
        .toList();
  }
}
