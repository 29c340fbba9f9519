package dev.refrain.connectors.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.refrain.connectors.training.TrainingListener;
import dev.refrain.connectors.training.TrainingStep;
import dev.refrain.gpuworkers.generate.Generation;
import dev.refrain.gpuworkers.generate.GenerationEngine;
import dev.refrain.gpuworkers.generate.GenerationRequest;
import dev.refrain.gpuworkers.generate.LanguageModel;
import dev.refrain.gpuworkers.generate.Sampling;
import dev.refrain.gpuworkers.model.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny house model is trained here, as the real one is, for about a minute. */
class HouseTrainingTest {
  private static final HouseRecipe TINY =
      new HouseRecipe(300, 600, 64, 2, 60, 2, 384, 0, 4e-3, HouseRecipe.Course.ARTICLES, 5);

  @TempDir private Path folder;

  @Test
  void lowersTheLossAndEndsWithTheSameBitsWhenStoppedAndResumed() throws IOException {
    Losses whole = train("whole", Long.MAX_VALUE);
    Losses stopped = train("resumed", 25);
    Losses resumed = train("resumed", Long.MAX_VALUE);

    assertThat(whole.mean(50, 60)).isLessThan(0.8 * whole.mean(0, 5));
    assertThat(stopped.losses).hasSize(25);
    stopped.losses.addAll(resumed.losses);
    assertThat(stopped.losses).isEqualTo(whole.losses);
    for (String name : List.of("model.safetensors", "tokenizer.json", "config.json", "loss.csv")) {
      assertThat(folder.resolve("resumed").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(name));
    }
    assertThat(Files.readString(folder.resolve("whole/loss.svg"))).contains("<polyline");
    assertThat(says(folder.resolve("whole"))).isNotEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new HouseTraining(
                        TINY.withSeed(6),
                        null,
                        PlainEnglish.NONE,
                        word -> false,
                        folder.resolve("whole"),
                        2)
                    .run(new Losses(1)))
        .withMessageContaining("seed=5")
        .withMessageContaining("seed=6");
    assertThat(folder.resolve("whole/tokenizer.json"))
        .as("what a refused training leaves alone")
        .hasSameBinaryContentAs(folder.resolve("resumed/tokenizer.json"));
  }

  @Test
  void goesOnWithATrainedModel() throws IOException {
    train("articles", Long.MAX_VALUE);
    byte[] before = Files.readAllBytes(folder.resolve("articles/model.safetensors"));
    HouseRecipe excerpts =
        new HouseRecipe(300, 600, 64, 2, 20, 2, 384, 0, 1e-3, HouseRecipe.Course.EXCERPTS, 6);
    Path articles = folder.resolve("articles");
    Losses further = new Losses(Long.MAX_VALUE);
    HouseTraining training =
        new HouseTraining(
            excerpts, articles, PlainEnglish.NONE, word -> false, folder.resolve("more"), 2);

    assertThat(training.run(further)).isTrue();
    Losses anew = new Losses(Long.MAX_VALUE);
    assertThat(
            new HouseTraining(
                    excerpts, null, PlainEnglish.NONE, word -> false, folder.resolve("anew"), 2)
                .run(anew))
        .isTrue();

    assertThat(further.mean(0, 10)).isLessThan(0.8 * anew.mean(0, 10));
    assertThat(articles.resolve("model.safetensors")).hasBinaryContent(before);
    assertThat(folder.resolve("more/tokenizer.json"))
        .hasSameBinaryContentAs(articles.resolve("tokenizer.json"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new HouseTraining(
                    excerpts, articles, PlainEnglish.NONE, word -> false, articles, 2))
        .withMessageContaining("name another folder");
  }

  private Losses train(String name, long until) throws IOException {
    Losses losses = new Losses(until);
    var unused =
        new HouseTraining(TINY, null, PlainEnglish.NONE, word -> false, folder.resolve(name), 2)
            .run(losses);
    return losses;
  }

  private static List<Integer> says(Path model) {
    try (LanguageModel loaded = LanguageModel.load(model, new EngineSettings(1));
        GenerationEngine engine = loaded.engine(InstantSource.system())) {
      GenerationRequest request =
          new GenerationRequest(" Question: Where?\n Answer:", Sampling.greedy(4, List.of()), null);
      Generation generation = engine.generate(List.of(request)).getFirst();
      return generation.sequences().getFirst().tokenIds();
    }
  }

  private static final class Losses implements TrainingListener {
    private final List<Double> losses = new ArrayList<>();
    private final long until;
    private long last;

    Losses(long until) {
      this.until = until;
    }

    @Override
    public void step(TrainingStep step) {
      losses.add(step.loss());
      last = step.step();
    }

    @Override
    public boolean stops() {
      return last >= until;
    }

    double mean(int from, int to) {
      return losses.subList(from, to).stream().mapToDouble(x -> x).average().orElseThrow();
    }
  }
}
