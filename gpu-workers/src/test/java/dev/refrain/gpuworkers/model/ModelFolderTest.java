package dev.refrain.gpuworkers.model;

import static dev.refrain.gpuworkers.Fixture.edit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.gpuworkers.Fixture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {
  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final String SHARD = "model-00002-of-00003.safetensors";

  @TempDir Path temporary;

  @Test
  void readsTheShapeOfTheModelAndItsSpecialTokens() {
    ModelConfig config = ModelFolder.open(Fixture.path(Fixture.GROUPED_F32)).config();

    assertThat(config.vocabularySize()).isEqualTo(307);
    assertThat(config.hiddenSize()).isEqualTo(16);
    assertThat(config.numHeads()).isEqualTo(4);
    assertThat(config.numKvHeads()).isEqualTo(2);
    assertThat(config.headSize()).isEqualTo(8);
    assertThat(config.contextLength()).isEqualTo(128);
    assertThat(ropeTheta(config)).isEqualTo(500_000);
    assertThat(config.architecture().norms().epsilon()).isEqualTo(1e-6);
    assertThat(config.tiedEmbeddings()).isFalse();
    assertThat(config.bosTokenId()).isEqualTo(1);
    assertThat(config.eosTokenIds()).as("generation_config.json adds 5").containsExactly(2, 5);
  }

  @Test
  void fillsInWhatOlderConfigurationsLeaveOut() throws IOException {
    Path folder = copy(Fixture.TIED_F16);
    edit(
        folder.resolve("config.json"),
        json ->
            json.replace("\"num_key_value_heads\": 4,", "")
                .replace("\"head_dim\": 4,", "")
                .replace("\"rope_theta\": 10000.0,", ""));

    ModelConfig config = ModelFolder.open(folder).config();

    assertThat(config.numKvHeads()).isEqualTo(4);
    assertThat(config.headSize()).isEqualTo(4);
    assertThat(ropeTheta(config)).isEqualTo(10_000);
  }

  @Test
  void readsTheRotaryBaseWhereTransformers5PutsIt() throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    edit(
        folder.resolve("config.json"),
        json ->
            json.replace(
                "\"rope_theta\": 500000.0",
                "\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 123.5}"));

    assertThat(ropeTheta(ModelFolder.open(folder).config())).isEqualTo(123.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"model_type\": \"llama\"|\"model_type\": \"mixtral\"|model_type is \"mixtral\"; supported are llama, ",
        "\"model_type\": \"llama\",||model_type is absent",
        "\"rope_scaling\": null|\"rope_scaling\": {\"rope_type\": \"dynamic\", \"factor\": 8.0}|rope_scaling.rope_type is \"dynamic\"; it must be one of default, linear, llama3",
        "\"rope_scaling\": null|\"rope_scaling\": {\"type\": \"llama3\", \"factor\": 8}|rope_scaling.low_freq_factor is absent",
        "\"rope_scaling\": null|\"rope_scaling\": {\"type\": \"linear\", \"factor\": 0.5}|factor is 0.5, must be 1 or more",
        "\"rope_scaling\": null|\"rope_scaling\": 8|rope_scaling is 8; it must be an object",
        "\"rope_scaling\": null|\"partial_rotary_factor\": 0.5|partial_rotary_factor is 0.5, which is not supported; only 1 is",
        "\"attention_bias\": false|\"attention_bias\": true|attention_bias is true, which is not supported",
        "\"hidden_act\": \"silu\"|\"hidden_act\": \"gelu\"|hidden_act is \"gelu\"",
        "\"mlp_bias\": false|\"quantization_config\": {\"bits\": 4}|quantization_config",
        "\"hidden_size\": 16|\"hidden_size\": \"wide\"|hidden_size is \"wide\"; it must be a whole number of 1 or more",
        "\"hidden_size\": 16,||hidden_size is absent",
        "\"vocab_size\": 307|\"vocab_size\": 0|vocab_size is 0",
        "\"num_key_value_heads\": 2|\"num_key_value_heads\": 3|numHeads is 4, must be a multiple of numKvHeads 3",
        "\"rms_norm_eps\": 1e-06|\"rms_norm_eps\": -1|rms_norm_eps is -1",
        "\"bos_token_id\": 1|\"bos_token_id\": 307|bosTokenId has 307, must be in [0, 307)",
        "\"eos_token_id\": 2|\"eos_token_id\": \"</s>\"|eos_token_id is \"</s>\"",
        "\"tie_word_embeddings\": false|\"tie_word_embeddings\": 7|tie_word_embeddings is 7",
        "\"model_type\"|model_type|not valid JSON"
      })
  void refusesAConfigurationThatItWouldRunWrongly(String field, String replacement, String message)
      throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    String with = replacement == null ? "" : replacement;
    edit(folder.resolve("config.json"), json -> json.replace(field, with));

    assertRefused(folder, "config.json", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "qwen2-windows|\"full_attention\"|\"chunked_attention\"|layer_types is \"chunked_attention\"; it must be sliding_attention or full_attention",
        "qwen2-windows|\"num_hidden_layers\": 3|\"num_hidden_layers\": 4|it must be one type for each of 4 layers",
        "qwen2-yarn|\"factor\": 4.0|\"factor\": 4.0, \"mscale\": 1.0|rope_scaling.mscale is 1.0, which is not supported",
        "qwen3|\"attention_bias\": false|\"attention_bias\": true|attention_bias is true, which is not supported; only false is",
        "llama3|\"high_freq_factor\": 4.0|\"high_freq_factor\": 1.0|high_freq_factor is 1.0, must be above low_freq_factor, which is 1.0",
        "mistral|\"sliding_window\": 8|\"sliding_window\": 0|sliding_window is 0; it must be a whole number of 1 or more",
        "phi3-longrope|2.5,|2.5, 3.0,|short_factor and long_factor must have 3 numbers",
        "phi3-longrope|2.5,|-2.5,|rope_scaling.long_factor is -2.5; it must be numbers above 0",
        "phi3-longrope|\"partial_rotary_factor\": 0.75|\"partial_rotary_factor\": 0.4|3 dimensions of a head turn",
        "phi3-longrope|\"original_max_position_embeddings\": 24,||original_max_position_embeddings is absent",
        "gemma2|gelu_pytorch_tanh|relu|hidden_activation is \"relu\", which is not supported; only \"gelu_pytorch_tanh\" is",
        "gpt2|gelu_new|relu|activation_function is \"relu\"",
        "gpt2|\"scale_attn_by_inverse_layer_idx\": false|\"scale_attn_by_inverse_layer_idx\": true|scale_attn_by_inverse_layer_idx is true",
        "gpt2|\"n_embd\": 32|\"n_embd\": 33|n_embd is 33; it must be a multiple of the number of heads, 4"
      })
  void refusesWhatAFamilyDoesNotKnow(String name, String field, String replacement, String message)
      throws IOException {
    Path folder = copy("families/" + name);
    String with = replacement == null ? "" : replacement;
    edit(folder.resolve("config.json"), json -> json.replace(field, with));

    assertRefused(folder, "config.json", message);
  }

  /**
   * MistralConfig of transformers 4.57.3: 4,096 where the field is absent, none where it is null.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"``|4096", "\"sliding_window\": null,|0", "\"sliding_window\": 16,|16"})
  void readsTheWindowThatAMistralHas(String field, int size) throws IOException {
    Path folder = copy("families/mistral");
    edit(folder.resolve("config.json"), json -> json.replace("\"sliding_window\": 8,", field));

    assertThat(ModelFolder.open(folder).config().architecture().attention().windows().size())
        .isEqualTo(size);
  }

  @Test
  void readsACheckpointOfTheBareModel() throws IOException {
    Path folder = copy("families/gpt2");
    edit(
        folder.resolve(WEIGHTS),
        // As long as before, so that the header's length stays right.
        bytes -> bytes.replace("\"transformer.", " ".repeat("transformer.".length()) + "\""));

    assertThat(ModelFolder.open(folder).config().hiddenSize()).isEqualTo(32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "tokenizer.json"})
  void refusesAFolderWithoutASmallFile(String name) throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    Files.delete(folder.resolve(name));

    assertRefused(folder, name, "is missing");
  }

  @Test
  void refusesAFolderWithoutWeightsAndAPathThatIsNoFolder() throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    Files.delete(folder.resolve(WEIGHTS));

    assertRefused(folder, "model", "neither model.safetensors nor");
    assertRefused(temporary.resolve("nowhere"), "nowhere", "is no folder");
  }

  @Test
  void refusesAMissingShard() throws IOException {
    Path folder = copy(Fixture.GROUPED_BF16_SHARDED);
    Files.delete(folder.resolve(SHARD));

    assertRefused(folder, SHARD, "is missing");
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 8, 100, 30_000})
  void refusesATruncatedFile(long size) throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(WEIGHTS).toFile(), "rw")) {
      file.setLength(size);
    }

    assertRefused(folder, WEIGHTS, "bytes");
  }

  @Test
  void refusesAHeaderThatClaimsAPetabyte() throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(WEIGHTS).toFile(), "rw")) {
      file.writeLong(Long.reverseBytes(1_000_000_000_000_000L));
    }

    assertRefused(folder, WEIGHTS, "claims a header of 1000000000000000 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Replacements of the same length, so that the header's length stays right.
        "model.norm.weight|model.norm.height|tensor model.norm.weight is missing",
        "\"dtype\":\"F32\"|\"dtype\":\"I32\"|dtype I32",
        "\"shape\":[307,16]|\"shape\":[16,307]|has shape [16, 307], config.json asks for [307, 16]",
        "\"data_offsets\":[0,|\"data_offsets\":[9,|bytes"
      })
  void refusesTensorsThatDoNotFitTheConfiguration(String old, String replacement, String message)
      throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    edit(folder.resolve(WEIGHTS), bytes -> bytes.replace(old, replacement));

    assertRefused(folder, "model", message);
  }

  @Test
  void refusesATensorThatNoLlamaHas() throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    edit(
        folder.resolve("config.json"),
        json -> json.replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1"));

    assertRefused(folder, WEIGHTS, "tensor model.layers.1.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model-00002-of-00003.safetensors|../secret.safetensors|same folder",
        "model-00002-of-00003.safetensors|model-00001-of-00003.safetensors|does not say that tensor",
        "weight_map|weights|weight_map is absent"
      })
  void refusesAnIndexThatDoesNotFitItsShards(String old, String replacement, String message)
      throws IOException {
    Path folder = copy(Fixture.GROUPED_BF16_SHARDED);
    edit(
        folder.resolve(INDEX),
        json ->
            old.startsWith("model-")
                ? json.replaceFirst(old, replacement)
                : json.replace(old, replacement));

    assertRefused(folder, "model", message);
  }

  /** The number is Python's hashlib over name, 0x00, size as 8 bytes big-endian, and content. */
  @Test
  void digestsNamesAndContents() throws IOException {
    Path folder = copy(Fixture.GROUPED_F32);
    String digest = ModelFolder.open(folder).digest();

    assertThat(digest)
        .isEqualTo("0c8e86b9101d709c83340eff3db4eb4b8203fc215776d4cefb0ef361dc905abe");
    assertThat(ModelFolder.open(Fixture.path(Fixture.GROUPED_F32)).digest())
        .as("the folder's name and files that nobody reads do not matter")
        .isEqualTo(digest);
    for (String name : new String[] {"config.json", "tokenizer.json", "generation_config.json"}) {
      edit(folder.resolve(name), content -> content + "\n");
      assertThat(ModelFolder.open(folder).digest()).as(name).isNotEqualTo(digest);
      edit(folder.resolve(name), content -> content.substring(0, content.length() - 1));
    }
    assertThat(ModelFolder.open(folder).digest()).isEqualTo(digest);
    edit(folder.resolve(WEIGHTS), bytes -> bytes.substring(0, bytes.length() - 1) + "\u0001");
    assertThat(ModelFolder.open(folder).digest()).isNotEqualTo(digest);
  }

  private static double ropeTheta(ModelConfig config) {
    return ((Architecture.Rotary) config.architecture().positions()).theta();
  }

  private Path copy(String name) {
    return Fixture.copy(name, temporary.resolve("model"));
  }

  private static void assertRefused(Path folder, String place, String message) {
    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining(place)
        .hasMessageContaining(message);
  }
}
