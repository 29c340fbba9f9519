package dev.refrain.connectors.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.refrain.connectors.training.TrainingListener;
import dev.refrain.connectors.training.TrainingStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordVectorTrainingTest {
  private static final int PAIRS = 40;
  private static final int CONTEXTS = 24;

  @TempDir private Path folder;

  @Test
  void makesWordsOfTheSameContextsNearestNeighbours() throws IOException {
    Path out = folder.resolve("words.safetensors");
    boolean finished = training(new WordVectorRecipe(24, 20, 1), 12_000).run(out, step -> {});

    assertThat(finished).isTrue();
    WordVectors vectors = WordVectors.read(out);
    List<String> all =
        IntStream.range(0, 2 * PAIRS + CONTEXTS)
            .mapToObj(WordVectorTrainingTest::word)
            .filter(vectors::knows)
            .toList();
    for (int word = 0; word < 2 * PAIRS; word++) {
      String own = word(word);
      assertThat(
              all.stream()
                  .filter(other -> !other.equals(own))
                  .max(Comparator.comparingDouble(other -> vectors.cosine(own, other))))
          .as("neighbour of %s", own)
          .contains(word(word ^ 1));
    }
  }

  @Test
  void givesTheSameBytesForTheSameSeedOnly() throws IOException {
    byte[] first = bytes(1);
    assertThat(bytes(1)).isEqualTo(first);
    assertThat(bytes(2)).isNotEqualTo(first);
  }

  @Test
  void lowersTheLossAndReportsEveryStep() throws IOException {
    List<TrainingStep> steps = new ArrayList<>();
    training(new WordVectorRecipe(8, 2, 1), 3_000).run(folder.resolve("w"), steps::add);
    assertThat(steps).hasSize(2_000);
    assertThat(steps.getLast().step()).isEqualTo(2_000);
    // Six labels that are as likely as not, before anything is learnt: 6 ln 2.
    assertThat(steps.getFirst().loss()).isBetween(4.15, 4.16);
    assertThat(mean(steps.subList(1_900, 2_000))).isLessThan(3.8);
    assertThat(steps.getLast().rate()).isLessThan(1e-4);
  }

  @Test
  void writesNothingWhenItIsStopped() throws IOException {
    Path out = Files.writeString(folder.resolve("words.safetensors"), "before");
    WordVectorTraining training = training(new WordVectorRecipe(8, 1, 1), 500);
    assertThat(training.run(out, new Stopping())).isFalse();

    Thread.currentThread().interrupt();
    assertThat(training.run(out, step -> {})).isFalse();

    assertThat(Thread.interrupted()).isFalse();
    assertThat(out).hasContent("before");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void refusesARecipeOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WordVectorRecipe(1, 5, 1))
        .withMessage("size is 1, must be in [2, 1024]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WordVectorRecipe(96, 0, 1))
        .withMessage("epochs is 0, must be in [1, 100]");
  }

  private static final class Stopping implements TrainingListener {
    @Override
    public void step(TrainingStep step) {}

    @Override
    public boolean stops() {
      return true;
    }
  }

  private byte[] bytes(long seed) throws IOException {
    Path out = folder.resolve("words.safetensors");
    training(new WordVectorRecipe(8, 1, seed), 1_500).run(out, step -> {});
    return Files.readAllBytes(out);
  }

  private static double mean(List<TrainingStep> steps) {
    return steps.stream()
        .mapToDouble(TrainingStep::loss)
        .filter(Double::isFinite)
        .average()
        .orElseThrow();
  }

  /**
   * A training on invented words: the two words of a pair stand among the same six contexts, and
   * never beside each other; a context belongs to about ten pairs.
   */
  private WordVectorTraining training(WordVectorRecipe recipe, int sentences) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      int word = random.nextInt(2 * PAIRS);
      text.append("So");
      for (int place = 0; place < 21; place++) {
        int context = context(word / 2, random.nextInt(6));
        text.append(' ').append(word(place % 3 == 1 ? word : 2 * PAIRS + context));
      }
      text.append(". ");
    }
    Path file = folder.resolve("corpus.jsonl");
    Files.writeString(file, "{\"title\": \"T\", \"text\": \"%s\"}%n".formatted(text));
    return new WordVectorTraining(recipe, file, "nothing"::equals);
  }

  private static int context(int pair, int number) {
    return new SplittableRandom(pair)
        .ints(0, CONTEXTS)
        .distinct()
        .skip(number)
        .findFirst()
        .orElseThrow();
  }

  private static String word(int number) {
    return "z" + (char) ('a' + number / 26) + (char) ('a' + number % 26);
  }
}
