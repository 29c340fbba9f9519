package dev.refrain.topology.evaluate.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Puts the questions of files to a reader and grades the answers.
 *
 * @param reader not closed here
 * @param ended asked before each question whether the run is to end there
 */
public record ReadingEvaluation(GoldReader reader, BooleanSupplier ended) {
  /**
   * Reads for the questions of a file, one after another.
   *
   * @param sink told of each graded reading, in the order of the questions
   * @return the figures of the questions that were asked
   * @throws IllegalArgumentException naming the question if one cannot be asked, see {@link
   *     GoldReader#read}
   */
  public ReadingSummary run(ReadingFile file, Consumer<GradedReading> sink) {
    List<GradedReading> graded = new ArrayList<>();
    long start = System.nanoTime();
    for (ReadingQuestion asked : file.questions()) {
      if (ended.getAsBoolean()) {
        break;
      }
      GradedReading one = GradedReading.of(file.path().toString(), asked, read(file, asked));
      graded.add(one);
      sink.accept(one);
    }
    return ReadingSummary.of(file, graded, (System.nanoTime() - start) / 1e9);
  }

  private GoldReader.Reading read(ReadingFile file, ReadingQuestion asked) {
    try {
      return reader.read(asked);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s, question %s: %s".formatted(file.path(), asked.question().id(), e.getMessage()), e);
    }
  }
}
