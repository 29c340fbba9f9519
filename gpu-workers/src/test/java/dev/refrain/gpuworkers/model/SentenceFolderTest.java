package dev.refrain.gpuworkers.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.gpuworkers.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceFolderTest {
  @TempDir Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void copy() {
    folder = Fixture.copy("encoders/bert", temporary.resolve("bert"));
  }

  @Test
  void readsWhatSentenceTransformersWrites() {
    SentenceFolder read = SentenceFolder.open(folder);

    assertThat(read.pooling()).isEqualTo(Pooling.MEAN);
    assertThat(read.normalises()).isTrue();
    assertThat(read.maxTokens()).isEqualTo(24);
  }

  /** {@code tokenizer_config.json} says 1e30 where it knows no bound. */
  @ParameterizedTest
  @CsvSource({"40, 40", "512, 64", "1000000000000000019884624838656, 64"})
  void takesTheTokenizersBoundAndTheModelsWhereThereIsNoOther(String stated, int expected)
      throws IOException {
    Files.delete(folder.resolve("sentence_bert_config.json"));
    Files.writeString(
        folder.resolve("tokenizer_config.json"), "{\"model_max_length\": %s}".formatted(stated));

    assertThat(SentenceFolder.open(folder).maxTokens()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          modules.json | models.Normalize | models.Dense | [2].type is "sentence_transformers.models.Dense"; it must be a Normalize
          modules.json | models.Pooling | models.LSTM | [1].type is "sentence_transformers.models.LSTM"; it must be a Pooling
          sentence_bert_config.json | "do_lower_case": false | "do_lower_case": true | do_lower_case is true, which is not supported
          1_Pooling/config.json | max_tokens": false | max_tokens": true | pooling_mode_max_tokens is true, which is not supported
          1_Pooling/config.json | cls_token": false | cls_token": true | pooling_mode_mean_tokens is true; it must be true, or else
          1_Pooling/config.json | 32 | 33 | word_embedding_dimension is 33, which is not supported; only 32 is
          """)
  void refusesWhatItWouldEmbedOtherwise(
      String file, String old, String replacement, String message) {
    Fixture.edit(folder.resolve(file), json -> json.replace(old, replacement));

    assertThatThrownBy(() -> SentenceFolder.open(folder))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining(file + ": " + message);
  }

  @Test
  void refusesPromptsAndAFolderWithoutModules() throws IOException {
    Path prompts = folder.resolve("config_sentence_transformers.json");
    Files.writeString(prompts, "{\"default_prompt_name\": \"query\"}");
    assertThatThrownBy(() -> SentenceFolder.open(folder))
        .hasMessageContaining("default_prompt_name is \"query\"; it must be absent");

    Files.writeString(folder.resolve("modules.json"), "[]");
    assertThatThrownBy(() -> SentenceFolder.open(folder))
        .hasMessageContaining(
            "modules.json: has 0 modules; supported are a Transformer, a Pooling");

    Files.delete(folder.resolve("modules.json"));
    assertThatThrownBy(() -> SentenceFolder.open(folder))
        .hasMessageContaining("modules.json: is missing");
  }

  @Test
  void digestsHowTextsAreEmbedded() {
    String before = SentenceFolder.open(folder).digest();
    assertThat(before).matches("[0-9a-f]{64}").isNotEqualTo(EncoderFolder.open(folder).digest());

    for (String file :
        new String[] {"1_Pooling/config.json", "sentence_bert_config.json", "modules.json"}) {
      Fixture.edit(folder.resolve(file), json -> json + "\n");
    }
    assertThat(SentenceFolder.open(folder).digest()).isNotEqualTo(before);
  }
}
