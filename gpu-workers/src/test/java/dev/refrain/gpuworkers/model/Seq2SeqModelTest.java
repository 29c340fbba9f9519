package dev.refrain.gpuworkers.model;

import static dev.refrain.gpuworkers.model.ReferenceNumbers.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.Fixture;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * T5 1.0 and 1.1 beside Hugging Face transformers 4.57.3: {@code fixtures/encoders/make.py} says
 * how the numbers were made.
 */
class Seq2SeqModelTest {

  @ParameterizedTest
  @ValueSource(strings = {"t5", "t5-gated"})
  void computesLogitsAndEveryLayersStatesOfTheDecoder(String name) {
    try (Reference reference = new Reference(name);
        Seq2SeqCache whole = reference.read(64);
        Seq2SeqCache pieces = reference.read(64)) {
      int[] output = reference.output();
      NDArray states = reference.model.layerStates(reference.embed(output), whole);
      assertClose(states, reference.numbers.numbers("decoder_states"));
      NDArray last = states.get("-1");
      assertClose(reference.model.logits(last), reference.numbers.numbers("logits"));

      int start = 0;
      for (int end : new int[] {1, 2, 20, 64}) {
        NDArray piece = reference.embed(Arrays.copyOfRange(output, start, end));
        assertClose(
            reference.model.hiddenStates(piece, pieces),
            last.get(":,%d:%d".formatted(start, end)).toFloatArray());
        start = end;
      }
      assertThat(pieces.length()).isEqualTo(64);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t5", "t5-gated"})
  void givesGradientsToTheInputEmbeddingsOfBoth(String name) {
    try (Reference reference = new Reference(name)) {
      DifferentiableSeq2Seq model = reference.model.differentiable();
      int[] lengths = {reference.input().length};
      NDArray input = ReferenceNumbers.leaf(reference.manager, reference.embed(reference.input()));
      NDArray output =
          ReferenceNumbers.leaf(reference.manager, reference.embed(reference.output()));
      NDArray read = model.encoder().hiddenStates(input, lengths);

      NDArray states = model.hiddenStates(output, read, lengths);

      assertClose(
          model.layerStates(output, read, lengths), reference.numbers.numbers("decoder_states"));
      assertClose(model.logits(states), reference.numbers.numbers("logits"));
      ReferenceNumbers.backward(
          reference.manager, states, reference.numbers.numbers("decoder_probe"));
      assertClose(input.getGradient(), reference.numbers.numbers("encoder_gradient"));
      assertClose(output.getGradient(), reference.numbers.numbers("decoder_gradient"));
    }
  }

  @Test
  void refusesWhatDoesNotFitItsCache() {
    try (Reference reference = new Reference("t5");
        Seq2SeqCache cache = reference.read(2)) {
      NDArray three = reference.embed(1, 2, 3);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reference.model.hiddenStates(three, cache))
          .withMessage("3 new positions do not fit a cache with 0 of 2 positions filled");
      NDArray rows = reference.model.encoder().embed(reference.manager, new int[2][1]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reference.model.hiddenStates(rows, cache))
          .withMessage("2 rows do not fit a cache of 1 rows");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cache.reorder(1))
          .withMessage("row 0 cannot go on from row 1, which is of another input");
    }
  }

  /** A model, and what Hugging Face computes with it for its first input. */
  private static final class Reference implements AutoCloseable {
    private final ReferenceNumbers numbers;
    private final Seq2SeqModel model;
    private final NDManager manager;

    Reference(String name) {
      Path folder = Fixture.path("encoders/" + name);
      this.numbers = ReferenceNumbers.of(folder);
      this.model = Seq2SeqModel.load(Seq2SeqFolder.open(folder), new EngineSettings(1));
      this.manager = model.encoder().newManager();
    }

    int[] input() {
      return numbers.tokens("tokens_0");
    }

    /** The start token and all greedy tokens but the last. */
    int[] output() {
      int[] greedy = numbers.tokens("greedy_0");
      int[] output = new int[greedy.length];
      System.arraycopy(greedy, 0, output, 1, greedy.length - 1);
      return output;
    }

    NDArray embed(int... tokens) {
      return model.encoder().embed(manager, new int[][] {tokens});
    }

    Seq2SeqCache read(int capacity) {
      int[] lengths = {input().length};
      NDArray states = model.encoder().hiddenStates(embed(input()), lengths);
      return model.read(states, lengths, 1, capacity);
    }

    @Override
    public void close() {
      manager.close();
      model.close();
    }
  }
}
