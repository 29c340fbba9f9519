package dev.refrain.gpuworkers.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.model.ModelKind.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderFolderTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({
    "families/llama3, llama, DECODER",
    "encoders/bert, bert, SENTENCE_ENCODER",
    "encoders/roberta, roberta, ENCODER",
    "encoders/distilbert, distilbert, ENCODER",
    "encoders/t5-gated, t5, ENCODER_DECODER"
  })
  void tellsWhatAFolderCanBeUsedFor(String name, String family, Use use) {
    assertThat(ModelKind.of(Fixture.path(name))).isEqualTo(new ModelKind(family, use));
  }

  @Test
  void tellsAT5WithoutDecoderFromOneWithIt() {
    Path folder = copy("t5");
    Fixture.edit(
        folder.resolve("config.json"),
        json -> json.replace("T5ForConditionalGeneration", "T5EncoderModel"));

    assertThat(ModelKind.of(folder)).isEqualTo(new ModelKind("t5", Use.ENCODER));
  }

  @Test
  void namesAllFamiliesToOneThatIsNone() {
    Path folder = copy("bert");
    Fixture.edit(folder.resolve("config.json"), json -> json.replace("\"bert\"", "\"mpnet\""));

    assertThatThrownBy(() -> ModelKind.of(folder))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("config.json: model_type is \"mpnet\"; supported are llama,")
        .hasMessageContaining("gpt2, bert, roberta, xlm-roberta, distilbert, t5");
    assertThatThrownBy(() -> EncoderFolder.open(folder))
        .hasMessageEndingWith(
            "model_type is \"mpnet\"; supported are bert, roberta, xlm-roberta, distilbert, t5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bert | "hidden_act": "gelu" | "hidden_act": "relu" | hidden_act is "relu", which is not supported; only "gelu" is
          bert | "absolute" | "relative_key" | position_embedding_type is "relative_key", which is not supported; only "absolute" is
          bert | "num_attention_heads": 4 | "num_attention_heads": 5 | hidden_size is 32; it must be a multiple of the number of heads, 5
          bert | "use_cache": true | "is_decoder": true | is_decoder is true, which is not supported; only false is
          bert | "use_cache": true | "quantization_config": {"bits": 4} | quantization_config is {"bits":4}, which is not supported
          distilbert | "gelu" | "relu" | activation is "relu", which is not supported; only "gelu" is
          t5 | "relu" | "gated-silu" | feed_forward_proj is "gated-silu"; it must be relu or gated-gelu
          t5 | "relative_attention_num_buckets": 8 | "relative_attention_num_buckets": 6 | relative_attention_num_buckets is 6; it must be a multiple of 4
          t5 | "relative_attention_max_distance": 20 | "relative_attention_max_distance": 4 | relative_attention_max_distance is 4; it must be more than half of the 8 buckets
          """)
  void refusesAConfigurationThatItWouldRunWrongly(
      String name, String old, String replacement, String message) {
    Path folder = copy(name);
    Fixture.edit(folder.resolve("config.json"), json -> json.replace(old, replacement));

    assertThatThrownBy(() -> EncoderFolder.open(folder))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("config.json: " + message);
  }

  @Test
  void refusesWeightsThatDoNotFitTheConfiguration() {
    Path deeper = copy("roberta");
    Fixture.edit(
        deeper.resolve("config.json"),
        json -> json.replace("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4"));
    assertThatThrownBy(() -> EncoderFolder.open(deeper))
        .hasMessageContaining(
            "tensor roberta.encoder.layer.3.attention.output.LayerNorm.weight is missing");

    Path shallower = copy("t5");
    Fixture.edit(
        shallower.resolve("config.json"),
        json -> json.replace("\"num_decoder_layers\": 2", "\"num_decoder_layers\": 1"));
    assertThat(EncoderFolder.open(shallower).hiddenSize()).isEqualTo(32);
    assertThatThrownBy(() -> Seq2SeqFolder.open(shallower))
        .hasMessageContaining("tensor decoder.block.1.")
        .hasMessageContaining("is no part of an encoder-decoder of type t5");
  }

  @Test
  void refusesAnEncoderWhereOneWithADecoderIsNeeded() {
    assertThatThrownBy(() -> Seq2SeqFolder.open(Fixture.path("encoders/bert")))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageEndingWith("config.json: model_type is \"bert\"; supported are t5");
  }

  /** As checkpoints with heads store it, and older ones their positions. */
  @Test
  void readsNamesWithAndWithoutTheFamilyInFront() throws IOException {
    Path folder = copy("bert");
    Path weights = folder.resolve("model.safetensors");
    SafetensorsFile bare = SafetensorsFile.open(weights);
    SafetensorsWriter prefixed = new SafetensorsWriter(SafetensorsWriter.Precision.F32);
    bare.tensors()
        .forEach(
            (name, tensor) ->
                prefixed.add(
                    "bert." + name,
                    tensor.shape().stream().mapToLong(Long::longValue).toArray(),
                    bare.numbers(name)));
    prefixed.add("bert.embeddings.position_ids", new long[] {1}, new float[1]);
    prefixed.add("cls.predictions.bias", new long[] {1}, new float[1]);
    Path written = folder.resolve("written.safetensors");
    prefixed.write(written);
    Files.move(written, weights, StandardCopyOption.REPLACE_EXISTING);

    assertThat(EncoderFolder.open(folder).contextLength()).isEqualTo(64);
  }

  private Path copy(String name) {
    return Fixture.copy("encoders/" + name, temporary.resolve(name));
  }
}
