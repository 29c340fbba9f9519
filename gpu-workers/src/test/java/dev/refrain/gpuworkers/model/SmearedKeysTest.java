package dev.refrain.gpuworkers.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmearedKeysTest {
  private static final int[] TOKENS = {3, 17, 4, 9, 3, 17, 11, 0, 5, 5, 2};

  @TempDir private Path folder;

  @Test
  void giveThePlainDecoderWithoutSmear() {
    float[] plain = atOnce(model(0));

    assertThat(atOnce(model(1e-9))).as("keys of almost nothing").isNotEqualTo(plain);
    assertThat(atOnce(model(0))).isEqualTo(plain);
  }

  @Test
  void areTheSameWithTheCacheHoweverTheSequenceIsCut() {
    try (DecoderModel model = model(0.7)) {
      float[] expected = lastRow(atOnce(model));
      for (int cut = 1; cut < TOKENS.length; cut++) {
        try (NDManager manager = model.newManager();
            KvCache cache = model.newCache(1, TOKENS.length)) {
          feed(model, manager, cache, 0, cut);
          try (KvCache chosen = cache.fork(3, TOKENS.length + 2)) {
            chosen.drop(1);
            for (int i = cut; i < TOKENS.length - 1; i++) {
              feed(model, manager, chosen, i, i + 1);
            }
            NDArray last = feed(model, manager, chosen, TOKENS.length - 1, TOKENS.length);
            assertThat(chosen.length()).isEqualTo(TOKENS.length);
            for (String row : List.of("0", "1")) {
              assertThat(last.get(row).toFloatArray())
                  .as("cut at %d", cut)
                  .containsExactly(expected, within(2e-5f));
            }
          }
        }
      }
    }
  }

  @Test
  void areTheSameInStepsOfSequencesOfDifferentLengths() {
    try (DecoderModel model = model(0.7);
        NDManager manager = model.newManager();
        KvCache one = model.newCache(1, TOKENS.length);
        KvCache other = model.newCache(1, TOKENS.length)) {
      float[] expected = atOnce(model);
      int[][] ends = {{0, 0}, {5, 2}, {6, 9}, {8, TOKENS.length}};
      for (int step = 1; step < ends.length; step++) {
        TokenBatch batch = new TokenBatch();
        batch.add(one, Arrays.copyOfRange(TOKENS, ends[step - 1][0], ends[step][0]), true);
        batch.add(other, Arrays.copyOfRange(TOKENS, ends[step - 1][1], ends[step][1]), true);
        NDArray next = model.step(manager, batch);
        for (int row = 0; row < 2; row++) {
          int at = (ends[step][row] - 1) * 32;
          NDArray state =
              manager.create(Arrays.copyOfRange(expected, at, at + 32), new Shape(1, 1, 32));
          assertThat(next.get(row).toFloatArray())
              .as("row %d in step %d", row, step)
              .containsExactly(
                  model.logits(state).flatten().logSoftmax(0).toFloatArray(), within(2e-5f));
        }
      }
    }
  }

  @Test
  void areWrittenAndReadUnderATypeOfTheirOwn() throws IOException {
    try (DecoderModel model = model(0.7)) {
      ModelWriter.write(model, folder);
      Files.writeString(folder.resolve("tokenizer.json"), "{}");
      try (DecoderModel read = DecoderModel.load(ModelFolder.open(folder), new EngineSettings(1))) {
        assertThat(read.config()).isEqualTo(model.config());
        // Rounded to BF16: 8 bits.
        assertThat(atOnce(read)).containsExactly(atOnce(model), within(0.05f));
      }
    }
    assertThat(Files.readString(folder.resolve("config.json"))).contains("refrain-llama");
  }

  private static NDArray feed(
      DecoderModel model, NDManager manager, KvCache cache, int from, int to) {
    int[] tokens = Arrays.copyOfRange(TOKENS, from, to);
    int[][] rows = new int[cache.rows()][];
    Arrays.fill(rows, tokens);
    return model.hiddenStates(model.embed(manager, rows), cache).get(":, -1");
  }

  private static float[] atOnce(DecoderModel model) {
    try (NDManager manager = model.newManager()) {
      NDArray embeddings = model.embed(manager, new int[][] {TOKENS});
      return model.differentiable().hiddenStates(embeddings).toFloatArray();
    }
  }

  private static float[] lastRow(float[] states) {
    return Arrays.copyOfRange(states, states.length - 32, states.length);
  }

  private static DecoderModel model(double smear) {
    Architecture architecture =
        smear == 0
            ? Architecture.llama(1e-5, 10000)
            : Architecture.smearedLlama(1e-5, 10000, smear);
    return DecoderModel.untrained(
        new ModelConfig(20, 32, 64, 2, 4, 2, 8, 24, true, 1, List.of(2), architecture),
        new Initialisation(0.3, 11),
        new EngineSettings(1));
  }
}
