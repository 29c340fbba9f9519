package dev.refrain.gpuworkers.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.generate.GenerationRequest;
import dev.refrain.gpuworkers.generate.LanguageModel;
import dev.refrain.gpuworkers.generate.Sampling;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.model.TokenEmbeddings;
import dev.refrain.gpuworkers.model.UnusableModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptEmbeddingsTest {

  @ParameterizedTest
  @ValueSource(strings = {Fixture.GROUPED_F32, Fixture.GROUPED_BF16_SHARDED, Fixture.TIED_F16})
  void areTheVectorsOfTheSoftPromptAndThoseThatTheModelItselfEmbeds(String name)
      throws IOException {
    ModelFolder folder = ModelFolder.open(Fixture.path(name));
    try (LanguageModel model = LanguageModel.load(folder.path(), new EngineSettings(1));
        NDManager manager = NDManager.newBaseManager()) {
      float[] prefix = new float[2 * folder.config().hiddenSize()];
      prefix[0] = 0.5f;
      int[] tokens = model.tokenizer().encode("a prompt");
      float[] embedded = model.model().embed(manager, new int[][] {tokens}).toFloatArray();
      PromptEmbeddings embeddings = new PromptEmbeddings(folder, model.tokenizer(), prefix);

      float[] sent = numbers(embeddings.base64("a prompt"));
      assertThat(sent)
          .hasSize(prefix.length + embedded.length)
          .startsWith(prefix)
          .endsWith(embedded);
    }
  }

  @Test
  void standInThePlaceOfThePromptForVllmAlone() throws Exception {
    ModelFolder folder = ModelFolder.open(Fixture.path(Fixture.GROUPED_F32));
    try (LanguageModel model = LanguageModel.load(folder.path(), new EngineSettings(1));
        FakeEngine engine = FakeEngine.start();
        OpenAiGenerator vllm = connect(engine);
        OpenAiGenerator other = connect(engine.ownedBy("llamacpp"))) {
      PromptEmbeddings embeddings =
          new PromptEmbeddings(folder, model.tokenizer(), new float[folder.config().hiddenSize()]);
      GenerationRequest request =
          new GenerationRequest("a prompt", Sampling.greedy(4, List.of()), null);
      vllm.behind(embeddings).submit(request).join();

      JsonNode call = engine.calls().getFirst();
      assertThat(call.path("prompt_embeds").asText()).isEqualTo(embeddings.base64("a prompt"));
      assertThat(call.has("prompt")).isFalse();
      assertThatThrownBy(() -> other.behind(embeddings))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--enable-prompt-embeds");
    }
  }

  @Test
  void refusesAFamilyThatScalesItsEmbeddings() {
    ModelFolder gemma = ModelFolder.open(Fixture.path("families/gemma2"));

    assertThatThrownBy(() -> TokenEmbeddings.open(gemma))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("scales its embeddings");
  }

  private static OpenAiGenerator connect(FakeEngine engine) throws InterruptedException {
    return OpenAiGenerator.connect(
        new OpenAiSettings(
            engine.url(), "llama", "", 2, Duration.ofSeconds(9), 0, Duration.ofMillis(20), 5, 5),
        InstantSource.system());
  }

  private static float[] numbers(String base64) throws IOException {
    byte[] archive = Base64.getDecoder().decode(base64);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null && !entry.getName().equals("archive/data/0")) {
        entry = zip.getNextEntry();
      }
      ByteBuffer data = ByteBuffer.wrap(zip.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      float[] numbers = new float[data.remaining() / Float.BYTES];
      data.asFloatBuffer().get(numbers);
      return numbers;
    }
  }
}
