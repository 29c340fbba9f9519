package dev.refrain.gpuworkers.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.Fixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class RowIndependenceTest {

  /** Whatever the engine was found to do: the numbers of one are those of one alone. */
  @ParameterizedTest
  @Families
  void givesEachSequenceTheSameBitsWhateverStandsBesideIt(String name) {
    try (DecoderModel model =
        DecoderModel.load(
            ModelFolder.open(Fixture.path("families/" + name)), new EngineSettings(2))) {
      for (int beside : new int[] {0, 1, 2, 5, 11, 20}) {
        for (int place : new int[] {0, beside / 2, beside}) {
          assertThat(behind(model, beside, place))
              .as("at place %d beside %d, %s", place, beside, model.tiling())
              .isEqualTo(behind(model, 0, 0));
        }
      }
    }
  }

  /** Beside more sequences than any product of few positions has. */
  @Test
  void keepsTheBitsWithWeightsInEightBits() {
    try (DecoderModel model =
        DecoderModel.load(
            ModelFolder.open(Fixture.path("families/qwen3")),
            new EngineSettings(2).with(Precision.INT8))) {
      for (int beside : new int[] {1, 4, 40}) {
        assertThat(behind(model, beside, beside)).isEqualTo(behind(model, 0, 0));
      }
      assertThat(model.tiling()).isEqualTo(new Tiling.Together());
    }
  }

  /**
   * Products of a new model are of another library, in which rows may depend on how many there are.
   */
  @Test
  void keepsTheBitsAlsoWhereRowsDependOnEachOtherAndAlmostWhereTheyMay() {
    ModelConfig config =
        new ModelConfig(
            60, 32, 64, 2, 4, 2, 8, 24, true, 1, List.of(2), Architecture.llama(1e-5, 10000));
    try (DecoderModel model =
        DecoderModel.untrained(config, new Initialisation(0.3, 11), new EngineSettings(2))) {
      float[] alone = behind(model, 0, 0);
      float[] fastAlone = behind(model, 0, 0, new Tiling.Together());
      for (int beside : new int[] {1, 3, 8, 20}) {
        assertThat(behind(model, beside, beside)).as("%s", model.tiling()).isEqualTo(alone);
        assertThat(behind(model, beside, beside, new Tiling.Together()))
            .containsExactly(fastAlone, within(1e-5f));
      }
    }
  }

  private static float[] behind(DecoderModel model, int beside, int place) {
    return behind(model, beside, place, model.tiling());
  }

  /** Three steps of one sequence among others, of which some are being read. */
  private static float[] behind(DecoderModel model, int beside, int place, Tiling tiling) {
    List<KvCache> caches = new ArrayList<>();
    try (NDManager manager = model.newManager()) {
      IntStream.rangeClosed(0, beside).forEach(i -> caches.add(model.newCache(1, 20)));
      float[] next = {};
      for (int step = 0; step < 3; step++) {
        TokenBatch batch = new TokenBatch();
        for (int i = 0; i <= beside; i++) {
          int length = i == place ? (step == 0 ? 3 : 1) : 1 + (i + step) % 4;
          int[] tokens = new int[length];
          Arrays.fill(tokens, i == place ? 5 + step : i);
          batch.add(caches.get(i), tokens, true);
        }
        next = model.step(manager, batch, tiling).get(place).toFloatArray();
      }
      return next;
    } finally {
      caches.forEach(KvCache::close);
    }
  }

  @Test
  void countsTilesOfOneProductOrOfFixedWidthOrOfEachCache() {
    List<Integer> several = List.of(30, 7);
    List<Integer> single = List.of(1, 16, 3);

    assertThat(new Tiling.Together().tiles(several, single)).containsExactly(57);
    assertThat(new Tiling.Apart().tiles(several, single)).containsExactly(30, 7, 1, 16, 3);
    assertThat(new Tiling.Padded(16).tiles(several, single)).containsExactly(30, 7, 16, 16);
  }
}
