package dev.refrain.connectors.house;

import dev.refrain.connectors.house.prose.ProseExercises;
import dev.refrain.connectors.house.worlds.Exercises;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Files of plain English to make exercises of.
 *
 * @param corpus articles, JSON lines of title and text; null for none
 * @param questions that people asked, each file JSON lines of question and answers; only with a
 *     corpus, which those answers are looked for in
 */
public record PlainEnglish(@Nullable Path corpus, List<Path> questions) {
  /** No plain English. */
  public static final PlainEnglish NONE = new PlainEnglish(null, List.of());

  /**
   * @throws IllegalArgumentException if there are questions but no corpus
   */
  public PlainEnglish {
    questions = List.copyOf(questions);
    if (corpus == null && !questions.isEmpty()) {
      throw new IllegalArgumentException(
          "questions is %s, must be empty without a corpus that answers them".formatted(questions));
    }
  }

  /** The exercises that it gives; null for none. */
  @Nullable Exercises exercises(long seed, Predicate<String> banned) throws IOException {
    return corpus == null ? null : ProseExercises.read(corpus, questions, seed, banned);
  }

  /** Says which files they are. */
  String digest() throws IOException {
    if (corpus == null) {
      return "corpus none";
    }
    StringBuilder digest = new StringBuilder("corpus " + described(corpus));
    for (Path file : questions) {
      digest.append(", questions ").append(described(file));
    }
    return digest.toString();
  }

  private static String described(Path file) throws IOException {
    return "%s of %d bytes".formatted(file.getFileName(), Files.size(file));
  }
}
