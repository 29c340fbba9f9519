package dev.refrain.connectors.words;

import dev.refrain.connectors.training.TrainingListener;
import dev.refrain.connectors.training.TrainingStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Trains word vectors on a corpus, on one thread: skip-gram with negative sampling (Mikolov et al.
 * 2013, arXiv:1310.4546), then the mean is taken from all vectors (Mu and Viswanath 2018,
 * arXiv:1702.01417, step 1) and each is brought to length 1. The same recipe, corpus and banned
 * words give the same file on every machine.
 *
 * @param recipe what decides the vectors
 * @param corpus JSON lines with "title" and "text", gzipped if its name ends in ".gz"
 * @param banned words, asked in lower case, that must not be read, such as the names of a corpus
 *     that the vectors are to be tried on
 */
public record WordVectorTraining(WordVectorRecipe recipe, Path corpus, Predicate<String> banned) {
  private static final double FIRST_RATE = 0.025;

  /** Share of the first learning rate that is left at the end. */
  private static final double LAST = 1e-4;

  /**
   * Trains and writes the file, in the place of one that is there; nothing is written if the
   * listener or an interruption stops the training. The interruption ends here.
   *
   * @param out a safetensors file; its folder is made if it is not there
   * @return whether the file is written
   * @throws IOException if the corpus cannot be read or the file cannot be written
   * @throws IllegalArgumentException if the corpus is too small
   */
  public boolean run(Path out, TrainingListener listener) throws IOException {
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(out)) {
      throw new IllegalArgumentException("%s is a folder; name a file in it".formatted(out));
    }
    Files.createDirectories(folder);
    WordSequence sequence = CorpusReader.read(corpus, banned);
    SplittableRandom random = new SplittableRandom(recipe.seed());
    SkipGram model = SkipGram.untrained(sequence.vocabulary().size(), recipe.size(), random);
    boolean finished = train(sequence, new SkipGramReader(sequence, model, random), listener);
    if (finished) {
      normalise(model.vectors());
      WordVectors.write(out, sequence.vocabulary(), model.vectors());
    }
    return finished;
  }

  private boolean train(WordSequence sequence, SkipGramReader reader, TrainingListener listener) {
    long start = System.nanoTime();
    long read = 0;
    int from = 0;
    for (long step = 0; step < recipe.steps(); step++) {
      long part = step % WordVectorRecipe.STEPS_OF_AN_EPOCH;
      from = part == 0 ? 0 : from;
      int to = sequence.beginning(share(sequence, part + 1));
      double rate = FIRST_RATE * Math.max(LAST, 1 - (double) step / recipe.steps());
      double loss = reader.read(from, to, rate);
      read += to - from;
      from = to;
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      listener.step(
          new TrainingStep(step + 1, 1, recipe.steps(), loss, rate, Double.NaN, read, elapsed));
      if (Thread.interrupted() || listener.stops()) {
        return false;
      }
    }
    return true;
  }

  private static int share(WordSequence sequence, long parts) {
    return (int) (sequence.length() * parts / WordVectorRecipe.STEPS_OF_AN_EPOCH);
  }

  private void normalise(float[] vectors) {
    int size = recipe.size();
    for (int column = 0; column < size; column++) {
      double mean = 0;
      for (int i = column; i < vectors.length; i += size) {
        mean += (double) vectors[i] * size / vectors.length;
      }
      for (int i = column; i < vectors.length; i += size) {
        vectors[i] -= (float) mean;
      }
    }
    for (int row = 0; row < vectors.length; row += size) {
      double squares = 0;
      for (int i = row; i < row + size; i++) {
        squares += (double) vectors[i] * vectors[i];
      }
      for (int i = row; i < row + size; i++) {
        vectors[i] /= (float) Math.sqrt(squares);
      }
    }
  }
}
