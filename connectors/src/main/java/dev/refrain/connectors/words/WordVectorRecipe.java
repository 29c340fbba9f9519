package dev.refrain.connectors.words;

/**
 * What decides word vectors, the corpus aside.
 *
 * @param size D, numbers of a vector, in [2, 1024]
 * @param epochs how often the corpus is read, in [1, 100]
 * @param seed decides first vectors and draws
 */
public record WordVectorRecipe(int size, int epochs, long seed) {
  private static final int LARGEST = 1024;
  private static final int MOST_EPOCHS = 100;

  /** That of the vectors that come with Refrain. */
  public static final WordVectorRecipe STANDARD = new WordVectorRecipe(96, 5, 1);

  /** Steps that one reading of the corpus is reported in. */
  static final int STEPS_OF_AN_EPOCH = 1000;

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public WordVectorRecipe {
    if (size < 2 || size > LARGEST) {
      throw new IllegalArgumentException("size is %d, must be in [2, %d]".formatted(size, LARGEST));
    }
    if (epochs < 1 || epochs > MOST_EPOCHS) {
      throw new IllegalArgumentException(
          "epochs is %d, must be in [1, %d]".formatted(epochs, MOST_EPOCHS));
    }
  }

  /** Steps of the training: each is a thousandth of the corpus. */
  public long steps() {
    return (long) epochs * STEPS_OF_AN_EPOCH;
  }
}
