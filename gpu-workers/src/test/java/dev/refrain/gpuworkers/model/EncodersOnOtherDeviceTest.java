package dev.refrain.gpuworkers.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.encode.SentenceEncoder;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a card asks of the programs of encoders, as {@link OtherDeviceTest} does of decoders. */
class EncodersOnOtherDeviceTest {

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert", "t5", "t5-gated"})
  void makeEveryTensorWhereTheirInputsAre(String name) {
    Stack stack = EncoderFolder.open(Fixture.path("encoders/" + name)).stack();
    long hidden = stack.sizes().hidden();
    long states = stack.sizes().layers() + 1L;
    try (WithoutNumbers encoder = elsewhere(StackProgram.encoder(stack))) {
      encoder.adopt(StackWeights.encoder(stack), ElementType.F32);
      NDArray embeddings = encoder.call("embed", encoder.wholeNumbers(3, 40));
      NDArray lengths = encoder.wholeNumbers(3);

      assertFloats(encoder.call("hidden_states", embeddings, lengths), 3, 40, hidden);
      assertFloats(encoder.call("layer_states", embeddings, lengths), states, 3, 40, hidden);
    }
  }

  @Test
  void vectorsOfSentencesArePooledWhereTheStatesAre() {
    Stack stack = EncoderFolder.open(Fixture.path("encoders/bert")).stack();
    long hidden = stack.sizes().hidden();
    try (WithoutNumbers encoder = elsewhere(StackProgram.encoder(stack));
        TorchProgram pooling =
            TorchProgram.load(SentenceEncoder.class, "pooling.torchscript", "Pooling", Map.of())) {
      NDArray states = encoder.numbers(ElementType.F32, 3, 40, hidden);
      NDArray lengths = encoder.wholeNumbers(3);
      for (String method : List.of("mean", "first")) {
        NDArray vectors = pooling.tensor(pooling.manager(), method, states, lengths);
        assertFloats(vectors, 3, hidden);
        assertFloats(pooling.tensor(pooling.manager(), "normalise", vectors), 3, hidden);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t5", "t5-gated"})
  void readWhatEncodersLeaveWhereItIs(String name) {
    Seq2SeqConfig config = Seq2SeqFolder.open(Fixture.path("encoders/" + name)).config();
    Stack stack = config.decoder();
    long hidden = stack.sizes().hidden();
    long states = stack.sizes().layers() + 1L;
    try (WithoutNumbers reader = elsewhere(StackProgram.reader(stack, config.tied()))) {
      long vocabulary = stack.sizes().vocabulary();
      if (config.tied()) {
        NDArray embedding = reader.numbers(ElementType.F32, vocabulary, hidden);
        DecoderProgram.adopt(reader.program(), Slot.OUTPUT, embedding);
      }
      reader.adopt(StackWeights.reader(stack, config.tied()), ElementType.F32);
      NDArray encoded = reader.numbers(ElementType.F32, 2, 30, hidden);
      NDArray memory = reader.call("read", encoded);
      NDArray lengths = reader.wholeNumbers(2);
      NDArray cache = reader.call("new_cache", 6, 20);

      NDArray first = reader.numbers(ElementType.F32, 6, 4, hidden);
      assertFloats(reader.call("hidden_states", first, 4, cache, memory, lengths), 6, 4, hidden);
      NDArray chosen = reader.call("select", cache, reader.wholeNumbers(6), 4, 20);
      NDArray next = reader.numbers(ElementType.F32, 6, 1, hidden);
      NDArray layers = reader.call("layer_states", next, 5, chosen, memory, lengths);
      assertFloats(layers, states, 6, 1, hidden);

      NDArray output = reader.numbers(ElementType.F32, 2, 7, hidden);
      NDArray atOnce = reader.call("hidden_states_at_once", output, encoded, lengths);
      assertFloats(atOnce, 2, 7, hidden);
      assertFloats(
          reader.call("layer_states_at_once", output, encoded, lengths), states, 2, 7, hidden);
      assertFloats(reader.call("logits", atOnce), 2, 7, vocabulary);
    }
  }

  private static WithoutNumbers elsewhere(StackProgram described) {
    WithoutNumbers program =
        WithoutNumbers.compile(described.source(), StackProgram.CLASS, described.attributes());
    described
        .bucketsShape()
        .map(shape -> program.wholeNumbers(shape.getShape()))
        .ifPresent(
            buckets -> {
              var unused = program.program().number("prepare_buckets", buckets);
            });
    return program;
  }

  private static void assertFloats(NDArray array, long... shape) {
    assertThat(array.getShape()).isEqualTo(new Shape(shape));
    assertThat(array.getDataType()).isEqualTo(DataType.FLOAT32);
  }
}
