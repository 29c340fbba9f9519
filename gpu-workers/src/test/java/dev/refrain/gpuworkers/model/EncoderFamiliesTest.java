package dev.refrain.gpuworkers.model;

import static dev.refrain.gpuworkers.model.ReferenceNumbers.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.Fixture;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each family of encoders beside Hugging Face transformers 4.57.3: {@code
 * fixtures/encoders/make.py} says how the numbers were made.
 */
class EncoderFamiliesTest {

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert", "t5", "t5-gated"})
  void computesEveryLayersStates(String name) {
    try (Reference reference = new Reference(name)) {
      for (int i = 0; i < Reference.SEQUENCES; i++) {
        int[] tokens = reference.tokens(i);
        int[] lengths = {tokens.length};
        NDArray embeddings = reference.model.embed(reference.manager, new int[][] {tokens});

        NDArray states = reference.model.layerStates(embeddings, lengths);

        assertClose(states, reference.states(i));
        assertThat(reference.model.hiddenStates(embeddings, lengths)).isEqualTo(states.get("-1"));
        assertThat(reference.model.differentiable().layerStates(embeddings, lengths))
            .isEqualTo(states);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert", "t5", "t5-gated"})
  void runsSequencesOfDifferentLengthsTogether(String name) {
    try (Reference reference = new Reference(name)) {
      int[] lengths = reference.lengths();
      NDArray embeddings = reference.model.embed(reference.manager, reference.padded());

      NDArray states = reference.model.layerStates(embeddings, lengths);

      for (int i = 0; i < lengths.length; i++) {
        assertClose(states.get(":,%d,:%d".formatted(i, lengths[i])), reference.states(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert", "t5", "t5-gated"})
  void givesGradientsToTheInputEmbeddings(String name) {
    try (Reference reference = new Reference(name)) {
      int[] lengths = reference.lengths();
      NDArray embeddings =
          ReferenceNumbers.leaf(
              reference.manager, reference.model.embed(reference.manager, reference.padded()));
      NDArray states = reference.model.differentiable().hiddenStates(embeddings, lengths);

      ReferenceNumbers.backward(reference.manager, states, reference.probe(states));

      NDArray gradient = embeddings.getGradient();
      for (int i = 0; i < lengths.length; i++) {
        assertClose(
            gradient.get("%d,:%d".formatted(i, lengths[i])),
            reference.numbers.numbers("gradient_" + i));
        if (lengths[i] < embeddings.getShape().get(1)) {
          NDArray padding = gradient.get("%d,%d:".formatted(i, lengths[i]));
          assertThat(padding.toFloatArray()).containsOnly(0);
        }
      }
      assertThat(reference.model.weights()).noneMatch(NDArray::hasGradient);
    }
  }

  @ParameterizedTest
  @CsvSource({"bert,64", "roberta,62", "distilbert,64"})
  void refusesSequencesBeyondItsPositions(String name, int context) {
    try (Reference reference = new Reference(name)) {
      assertThat(reference.model.contextLength()).isEqualTo(context);
      NDArray embeddings = reference.model.embed(reference.manager, new int[1][context + 1]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reference.model.hiddenStates(embeddings, new int[] {context}))
          .withMessage("%d positions, must be in [1, %d]", context + 1, context);
      NDArray two = reference.model.embed(reference.manager, new int[2][3]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reference.model.hiddenStates(two, new int[] {3, 4}))
          .withMessage("lengths are [3, 4], must be 2 in [1, 3]");
    }
  }

  /** An encoder, and what Hugging Face computes with it. */
  private static final class Reference implements AutoCloseable {
    static final int SEQUENCES = 4;

    private final ReferenceNumbers numbers;
    private final EncoderModel model;
    private final NDManager manager;

    Reference(String name) {
      Path folder = Fixture.path("encoders/" + name);
      this.numbers = ReferenceNumbers.of(folder);
      this.model = EncoderModel.load(EncoderFolder.open(folder), new EngineSettings(1));
      this.manager = model.newManager();
    }

    int[] tokens(int sequence) {
      return numbers.tokens("tokens_" + sequence);
    }

    float[] states(int sequence) {
      return numbers.numbers("hidden_states_" + sequence);
    }

    int[] lengths() {
      return IntStream.range(0, SEQUENCES).map(i -> tokens(i).length).toArray();
    }

    /** All sequences in one batch, padded with 7. */
    int[][] padded() {
      int longest = Arrays.stream(lengths()).max().orElseThrow();
      int[][] rows = new int[SEQUENCES][longest];
      for (int i = 0; i < SEQUENCES; i++) {
        Arrays.fill(rows[i], 7);
        System.arraycopy(tokens(i), 0, rows[i], 0, tokens(i).length);
      }
      return rows;
    }

    /** The probes of all sequences, zeros at their padding. */
    float[] probe(NDArray states) {
      float[] probe = new float[(int) states.size()];
      int row = probe.length / SEQUENCES;
      for (int i = 0; i < SEQUENCES; i++) {
        float[] own = numbers.numbers("probe_" + i);
        System.arraycopy(own, 0, probe, i * row, own.length);
      }
      return probe;
    }

    @Override
    public void close() {
      manager.close();
      model.close();
    }
  }
}
