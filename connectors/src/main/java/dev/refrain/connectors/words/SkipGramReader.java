package dev.refrain.connectors.words;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Reads a sequence and trains a skip-gram model on it: windows of random width, words from noise,
 * frequent words left out at random. Mikolov et al. 2013, arXiv:1310.4546, sections 2.2 and 2.3.
 * Not thread-safe.
 */
final class SkipGramReader {
  private static final int WINDOW = 5;
  private static final int NEGATIVES = 5;

  /** t: a word of this relative frequency is always read. */
  private static final double THRESHOLD = 1e-4;

  private final WordSequence sequence;
  private final SkipGram model;
  private final SplittableRandom random;
  private final NoiseWords noise;
  private final double[] kept;
  private final int[] sentence;
  private final int[] drawn = new int[NEGATIVES];

  SkipGramReader(WordSequence sequence, SkipGram model, SplittableRandom random) {
    this.sequence = sequence;
    this.model = model;
    this.random = random;
    int[] frequencies = sequence.frequencies();
    this.noise = new NoiseWords(frequencies);
    double rare = THRESHOLD * sequence.words();
    this.kept = Arrays.stream(frequencies).mapToDouble(n -> Math.sqrt(rare / n)).toArray();
    this.sentence = new int[sequence.longestSentence()];
  }

  /**
   * Trains on whole sentences.
   *
   * @param from position where one begins
   * @param to position behind the last one
   * @return mean loss of a word and a context, nats; NaN where there was none
   */
  double read(int from, int to, double rate) {
    double loss = 0;
    long pairs = 0;
    int length = 0;
    for (int position = from; position < to; position++) {
      int row = sequence.at(position);
      if (row != WordSequence.END) {
        if (random.nextDouble() < kept[row]) {
          sentence[length++] = row;
        }
        continue;
      }
      for (int centre = 0; centre < length; centre++) {
        int window = 1 + random.nextInt(WINDOW);
        int last = Math.min(length - 1, centre + window);
        for (int near = Math.max(0, centre - window); near <= last; near++) {
          if (near != centre) {
            loss += update(sentence[centre], sentence[near], rate);
            pairs++;
          }
        }
      }
      length = 0;
    }
    return loss / pairs;
  }

  private double update(int word, int context, double rate) {
    for (int i = 0; i < NEGATIVES; i++) {
      drawn[i] = noise.draw(random, context);
    }
    return model.update(word, context, drawn, rate);
  }
}
