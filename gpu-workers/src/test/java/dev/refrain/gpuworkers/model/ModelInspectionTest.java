package dev.refrain.gpuworkers.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.engine.TorchDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
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
    assertThat(requireNonNull(found.weights()).parameters()).isEqualTo(parameters);
    assertThat(requireNonNull(found.weights()).types()).containsExactly(type);
    assertThat(found.tokens()).isEqualTo(tokens);
    // Keys and values of 16 floats in each of two layers, for 128 tokens.
    assertThat(found.memory(Precision.FP32, TorchDevice.CPU))
        .isEqualTo(new MemoryNeed(memory, 256, 128));
    assertThat(requireNonNull(found.memory(Precision.FP32, TorchDevice.CPU)).total())
        .isEqualTo(memory + 32_768);
  }

  @Test
  void namesEveryFieldThatIsNotSupported() throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    edit(
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
    assertThat(found.config()).isNull();
    assertThat(found.memory(Precision.FP32, TorchDevice.CPU)).isNull();
    assertThat(requireNonNull(found.weights()).parameters()).isEqualTo(16_816);
  }

  @Test
  void namesTheFamilyThatIsNotSupported() throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    edit(
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
    edit(
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
    edit(
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

  /** Latin-1 keeps every byte of a file that is not text. */
  private static void edit(Path file, UnaryOperator<String> change) throws IOException {
    String before = Files.readString(file, StandardCharsets.ISO_8859_1);
    String after = change.apply(before);
    assertThat(after).as("the edit changes the file").isNotEqualTo(before);
    Files.writeString(file, after, StandardCharsets.ISO_8859_1);
  }
}
