package dev.refrain.gpuworkers.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.engine.TorchDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelInspectionTest {
  @TempDir Path temporary;

  /** Parameters are those that the safetensors headers list, summed up in Python. */
  @ParameterizedTest
  @CsvSource({
    "grouped-f32, 16816, F32, 307, 67264",
    "grouped-bf16-sharded, 16816, BF16, 307, 67264",
    "tied-f16, 10768, F16, 300, 43072"
  })
  void saysWhatAModelIsAndTakes(
      String name, long parameters, String type, int tokens, long memory) {
    ModelInspection found = ModelInspection.of(Fixture.path(name));

    assertThat(found.refusals()).isEmpty();
    assertThat(found.family()).isEqualTo("llama");
    assertThat(found.use()).isEqualTo(ModelKind.Use.DECODER);
    assertThat(found.answers()).isTrue();
    assertThat(requireNonNull(found.weights()).parameters()).isEqualTo(parameters);
    assertThat(requireNonNull(found.weights()).types()).containsExactly(type);
    assertThat(found.tokens()).isEqualTo(tokens);
    // Keys and values of 16 floats in each of two layers, for 128 tokens.
    assertThat(found.memory(Precision.FP32, TorchDevice.CPU))
        .isEqualTo(new MemoryNeed(memory, 256, 128));
    assertThat(requireNonNull(found.memory(Precision.FP32, TorchDevice.CPU)).total())
        .isEqualTo(memory + 32_768);
  }

  /**
   * Parameters are those that the safetensors headers list, summed up in Python, poolers aside;
   * keys and values of 24 floats in each of two layers of T5's decoder.
   */
  @ParameterizedTest
  @CsvSource({
    "bert, bert, SENTENCE_ENCODER, MEAN, 28784, 3, 64, 69, 0",
    "roberta, roberta, ENCODER, , 28752, 3, 62, 69, 0",
    "distilbert, distilbert, ENCODER, , 28720, 3, 64, 69, 0",
    "t5, t5, ENCODER_DECODER, , 41472, 5, , 42, 384",
    "t5-gated, t5, ENCODER_DECODER, , 53440, 5, , 42, 384"
  })
  void saysWhatAnEncoderIsAndTakes(
      String name,
      String family,
      ModelKind.Use use,
      Pooling pooling,
      long parameters,
      int layers,
      Integer context,
      int tokens,
      long cachePerToken) {
    ModelInspection found = ModelInspection.of(Fixture.path("encoders/" + name));

    assertThat(found.refusals()).isEmpty();
    assertThat(found.family()).isEqualTo(family);
    assertThat(found.use()).isEqualTo(use);
    assertThat(found.answers()).isFalse();
    assertThat(found.pooling()).isEqualTo(pooling);
    assertThat(found.shape()).isEqualTo(new ModelShape(128, 32, layers, context, cachePerToken));
    assertThat(requireNonNull(found.weights()).parameters()).isEqualTo(parameters);
    assertThat(found.tokens()).isEqualTo(tokens);
    MemoryNeed memory = requireNonNull(found.memory(Precision.BF16, TorchDevice.CPU));
    assertThat(memory.weights()).isEqualTo(4 * parameters);
    assertThat(memory.total()).isEqualTo(4 * parameters);
  }

  /** As sentence-transformers laid its folders out at first. */
  @Test
  void findsAnEncoderThatLiesFurtherInside() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("outer"));
    Fixture.copy("encoders/bert", folder.resolve("0_Transformer"));
    for (String name : List.of("modules.json", "1_Pooling")) {
      Files.move(folder.resolve("0_Transformer").resolve(name), folder.resolve(name));
    }
    Fixture.edit(
        folder.resolve("modules.json"),
        json -> json.replace("\"path\": \"\"", "\"path\": \"0_Transformer\""));

    ModelInspection found = ModelInspection.of(folder);

    assertThat(found.refusals()).isEmpty();
    assertThat(found.use()).isEqualTo(ModelKind.Use.SENTENCE_ENCODER);
    assertThat(found.model()).isEqualTo(folder.resolve("0_Transformer"));
    assertThat(requireNonNull(found.weights()).parameters()).isEqualTo(28_784);
  }

  @Test
  void namesEverythingForWhichAnEncoderIsRefused() {
    Path folder = Fixture.copy("encoders/bert", temporary.resolve("model"));
    Fixture.edit(
        folder.resolve("config.json"),
        json ->
            json.replace("\"hidden_act\": \"gelu\"", "\"hidden_act\": \"relu\"")
                .replace("\"absolute\"", "\"relative_key\""));
    ModelInspection found = ModelInspection.of(folder);

    assertThat(reasons(found))
        .satisfiesExactlyInAnyOrder(
            reason -> assertThat(reason).startsWith("hidden_act is \"relu\""),
            reason -> assertThat(reason).startsWith("position_embedding_type is \"relative_key\""));
    assertThat(found.use()).isEqualTo(ModelKind.Use.SENTENCE_ENCODER);
    assertThat(found.shape()).isNull();
  }

  @Test
  void namesAPoolingThatIsNotSupported() {
    Path folder = Fixture.copy("encoders/bert", temporary.resolve("model"));
    Fixture.edit(
        folder.resolve("1_Pooling/config.json"),
        json -> json.replace("max_tokens\": false", "max_tokens\": true"));
    ModelInspection found = ModelInspection.of(folder);

    assertThat(reasons(found)).singleElement().asString().startsWith("pooling_mode_max_tokens is");
    assertThat(found.pooling()).isNull();
    assertThat(requireNonNull(found.shape()).hiddenSize()).isEqualTo(32);
  }

  @Test
  void refusesAnEncoderWhereADecoderIsNeeded() {
    assertThatThrownBy(() -> ModelFolder.open(Fixture.path("encoders/roberta")))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("config.json: model_type is \"roberta\"; it must be a decoder's")
        .hasMessageContaining("not an encoder's: llama,");
  }

  @Test
  void namesEveryFieldThatIsNotSupported() throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    Fixture.edit(
        folder.resolve("config.json"),
        json ->
            json.replace("\"attention_bias\": false", "\"attention_bias\": true")
                .replace("\"hidden_act\": \"silu\"", "\"hidden_act\": \"gelu\"")
                .replace("\"mlp_bias\": false", "\"quantization_config\": {\"bits\": 4}")
                .replace("\"hidden_size\": 16", "\"hidden_size\": \"wide\""));
    ModelInspection found = ModelInspection.of(folder);

    assertThat(reasons(found))
        .satisfiesExactlyInAnyOrder(
            reason -> assertThat(reason).startsWith("attention_bias is true"),
            reason -> assertThat(reason).startsWith("hidden_act is \"gelu\""),
            reason -> assertThat(reason).startsWith("quantization_config is {"),
            reason -> assertThat(reason).startsWith("hidden_size is \"wide\""));
    assertThat(found.shape()).isNull();
    assertThat(found.memory(Precision.FP32, TorchDevice.CPU)).isNull();
    assertThat(requireNonNull(found.weights()).parameters()).isEqualTo(16_816);
  }

  @Test
  void namesTheFamilyThatIsNotSupported() throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    Fixture.edit(
        folder.resolve("config.json"),
        json -> json.replace("\"model_type\": \"llama\"", "\"model_type\": \"mixtral\""));
    ModelInspection found = ModelInspection.of(folder);

    assertThat(found.family()).isEqualTo("mixtral");
    assertThat(reasons(found)).singleElement().asString().startsWith("model_type is \"mixtral\"");
  }

  @Test
  void namesEveryShardThatIsMissingOrDamaged() throws IOException {
    Path folder = copy(Fixture.GROUPED_BF16_SHARDED);
    Files.delete(folder.resolve("model-00001-of-00003.safetensors"));
    Files.write(folder.resolve("model-00003-of-00003.safetensors"), new byte[4]);

    assertThat(ModelInspection.of(folder).refusals())
        .extracting(Throwable::getMessage)
        .satisfiesExactly(
            message -> assertThat(message).contains("model-00001-of-00003.safetensors: is missing"),
            message ->
                assertThat(message).contains("model-00003-of-00003.safetensors: has only 4 bytes"));
  }

  @Test
  void namesEveryTensorThatIsMissingOrOneTooMany() throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    Fixture.edit(
        folder.resolve("model.safetensors"),
        bytes ->
            bytes
                .replace("model.norm.weight", "model.norm.height")
                .replace("lm_head.weight", "lm_head.height"));

    assertThat(reasons(ModelInspection.of(folder)))
        .extracting(reason -> reason.replaceAll("(tensor \\S+ is \\S+).*", "$1"))
        .containsExactly(
            "tensor model.norm.weight is missing",
            "tensor lm_head.weight is missing",
            "tensor lm_head.height is no",
            "tensor model.norm.height is no");
  }

  @Test
  void namesATokenizerThatTheModelHasNoEmbeddingsFor() throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    Fixture.edit(
        folder.resolve("tokenizer.json"),
        json ->
            json.replaceFirst("\"added_tokens\": *\\[", "$0{\"id\": 307, \"content\": \"<x>\"},"));

    assertThat(reasons(ModelInspection.of(folder)))
        .singleElement()
        .asString()
        .startsWith("has token id 307, config.json asks for ids below vocab_size 307");
  }

  @Test
  void namesAllThatAnEmptyFolderLacks() throws IOException {
    assertThat(ModelInspection.of(Files.createDirectory(temporary.resolve("empty"))).refusals())
        .extracting(Throwable::getMessage)
        .satisfiesExactly(
            message -> assertThat(message).contains("config.json: is missing"),
            message -> assertThat(message).contains("neither model.safetensors nor"),
            message -> assertThat(message).contains("tokenizer.json: is missing"));
    assertThatThrownBy(() -> ModelInspection.of(temporary.resolve("nowhere")))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("is no folder");
  }

  private Path copy(String name) {
    return Fixture.copy(name, temporary.resolve("model"));
  }

  private static List<String> reasons(ModelInspection inspection) {
    return inspection.refusals().stream().map(UnusableModelException::reason).toList();
  }
}
