package dev.refrain.topology.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.refrain.connectors.house.HouseRecipe;
import dev.refrain.connectors.house.HouseTraining;
import dev.refrain.connectors.house.PlainEnglish;
import dev.refrain.connectors.house.TwoPassExercises;
import dev.refrain.connectors.training.TrainingListener;
import dev.refrain.connectors.training.TrainingStep;
import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.Preset;
import dev.refrain.topology.quickstart.Quickstart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both prompts of a tiny model that has learnt next to nothing. */
class HousePromptsTest {
  private static final HousePromptsRecipe RECIPE = new HousePromptsRecipe(4, 60, 0.03, 48, 12, 5);

  @TempDir private static Path model;
  @TempDir private static Path folder;
  private static String digest = "";
  private static Optional<TunedPrompts> whole = Optional.empty();

  @BeforeAll
  static void makeAModelAndItsPrompts() throws IOException {
    HouseRecipe tiny =
        new HouseRecipe(100, 500, 32, 1, 60, 1, 512, 0, 8e-3, HouseRecipe.Course.ARTICLES, 5);
    assertThat(
            new HouseTraining(tiny, null, PlainEnglish.NONE, word -> false, model, 1)
                .run(step -> {}))
        .isTrue();
    digest = ModelFolder.open(model).digest();
    whole = prompts("whole", 2).run(new Interruption(-1));
  }

  @Test
  void lowersTheLossInFrontOfAModelThatDoesNotChange() throws IOException {
    for (String name : List.of("reader", "chooser")) {
      List<Double> losses =
          losses(folder.resolve("whole/" + name + ".safetensors.training/loss.csv"));
      assertThat(losses).hasSize(60);
      // Three steps of 32 examples see each of the 48 twice; a tiny model leaves a prompt little to
      // do.
      assertThat(mean(losses.subList(57, 60))).isLessThan(mean(losses.subList(0, 3)));
    }
    TunedPrompts tuned = whole.orElseThrow();
    assertThat(ModelFolder.open(model).digest()).isEqualTo(digest);
    assertThat(tuned.reader().card().modelDigest()).isEqualTo(digest);
    assertThat(tuned.chooser().card().modelDigest()).isEqualTo(digest);
    assertThat(tuned.reader().length()).isEqualTo(4);
    assertThat(tuned.scores()).extracting(PassScore::questions).contains(12);
  }

  @Test
  void choosesAmongCandidatesOfExercisesThatTheReaderWasNotTunedOn() throws IOException {
    Set<Long> reader = exercises("whole/reader.safetensors.training");
    Set<Long> chooser = exercises("whole/chooser.safetensors.training");

    assertThat(reader).hasSize(48);
    assertThat(chooser).hasSize(48).doesNotContainAnyElementsOf(reader);
  }

  @Test
  void endsWithTheSameBytesHoweverOftenItIsStopped() throws IOException {
    Optional<TunedPrompts> resumed = Optional.empty();
    int runs = 0;
    while (resumed.isEmpty()) {
      // Later in each run, so that both tunings are stopped, the second twice.
      resumed = prompts("stopped", 1).run(new Interruption(10 + runs));
      runs++;
    }

    assertThat(runs).isGreaterThan(3);
    for (String name : List.of("reader.safetensors", "chooser.safetensors")) {
      assertThat(folder.resolve("stopped").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(name));
    }
    assertThat(resumed.get().scores()).isEqualTo(whole.orElseThrow().scores());
  }

  private static HousePrompts prompts(String name, int threads) throws IOException {
    Preset house =
        new Preset("house model", Quickstart.houseSettings(), List.of("model.folder=" + model));
    Configuration configuration =
        Configuration.load(Optional.empty(), List.of(), Map.of(), () -> house).configuration();
    TwoPassExercises exercises =
        TwoPassExercises.read(RECIPE.seed(), PlainEnglish.NONE, word -> false);
    return new HousePrompts(RECIPE, configuration, exercises, folder.resolve(name), threads);
  }

  private static Set<Long> exercises(String name) throws IOException {
    Set<Long> numbers = new HashSet<>();
    try (var files = Files.list(folder.resolve(name))) {
      Path examples =
          files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
      for (String line : Files.readAllLines(examples)) {
        JsonNode node = new JsonMapper().readTree(line);
        numbers.add(node.get("exercise").asLong());
      }
    }
    return numbers;
  }

  private static List<Double> losses(Path csv) throws IOException {
    return Files.readAllLines(csv).stream()
        .skip(1)
        .map(line -> Double.parseDouble(line.split(",", -1)[1]))
        .toList();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }

  /** Interrupts its thread once, after so many events; never where that is negative. */
  private static final class Interruption implements HousePromptsListener {
    private int left;

    Interruption(int left) {
      this.left = left;
    }

    private void count() {
      if (left-- == 0) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public TrainingListener tuning(String prompt, long steps) {
      return new TrainingListener() {
        @Override
        public void step(TrainingStep step) {
          count();
        }
      };
    }

    @Override
    public void progress(String task, long done, long all) {
      count();
    }
  }
}
