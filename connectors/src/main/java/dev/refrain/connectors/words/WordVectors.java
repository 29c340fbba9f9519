package dev.refrain.connectors.words;

import dev.refrain.gpuworkers.model.SafetensorsFile;
import dev.refrain.gpuworkers.model.SafetensorsWriter;
import dev.refrain.gpuworkers.model.UnusableModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Vectors of V words, each of length 1 and width D, and how rare each word is. A safetensors file
 * with one tensor, {@code vectors} [V, D]; its metadata has the words in the order of the rows, how
 * often each stood in the corpus, and how many words the corpus has. Words are asked for in lower
 * case. Immutable, thread-safe.
 */
public final class WordVectors {
  private static final String TENSOR = "vectors";

  /** Farthest that a vector's length may be from 1: eight bits of each number are kept. */
  private static final double TOLERANCE = 0.01;

  private final Vocabulary vocabulary;
  private final int size;
  private final float[] vectors;
  private final Map<String, Integer> rows;
  private final double rarest;

  private WordVectors(Vocabulary vocabulary, int size, float[] vectors) {
    this.vocabulary = vocabulary;
    this.size = size;
    this.vectors = vectors;
    this.rows = new HashMap<>();
    double rarity = 0;
    for (Vocabulary.Entry entry : vocabulary.entries()) {
      int row = rows.size();
      double length = Math.sqrt(dot(row, row));
      if (!(Math.abs(length - 1) <= TOLERANCE)) {
        throw new IllegalArgumentException(
            "the vector of %s has length %.3f, must be 1".formatted(entry.word(), length));
      }
      rows.put(entry.word(), row);
      rarity = Math.max(rarity, rarity(row));
    }
    this.rarest = rarity;
  }

  /**
   * Reads a file.
   *
   * @throws UnusableModelException if it is missing, damaged or holds no word vectors
   */
  public static WordVectors read(Path file) {
    if (!Files.exists(file)) {
      throw new UnusableModelException(
          file, "does not exist", "name a file that `refrain train words` wrote");
    }
    SafetensorsFile stored = SafetensorsFile.open(file);
    try {
      Vocabulary vocabulary = Vocabulary.of(stored.metadata());
      List<Long> shape = stored.shape(TENSOR);
      if (shape.size() != 2 || shape.getFirst() != vocabulary.size() || shape.getLast() < 1) {
        throw new IllegalArgumentException(
            "tensor vectors has shape %s, must be [%d, D]".formatted(shape, vocabulary.size()));
      }
      return new WordVectors(vocabulary, Math.toIntExact(shape.getLast()), stored.numbers(TENSOR));
    } catch (IllegalArgumentException e) {
      throw new UnusableModelException(
          file,
          "holds no word vectors: " + e.getMessage(),
          "use a file that `refrain train words` wrote",
          e);
    }
  }

  /**
   * Writes a file, in the place of one that is there.
   *
   * @param vectors [V, D], of length 1 each
   * @throws IOException if it cannot be written
   */
  static void write(Path file, Vocabulary vocabulary, float[] vectors) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter(SafetensorsWriter.Precision.BF16);
    new TreeMap<>(vocabulary.fields()).forEach(writer::metadata);
    long[] shape = {vocabulary.size(), vectors.length / vocabulary.size()};
    writer.add(TENSOR, shape, vectors).write(file);
  }

  /** Whether a word has a vector. */
  public boolean knows(String word) {
    return rows.containsKey(word);
  }

  /**
   * How near two words are in meaning: the cosine of the angle between their vectors.
   *
   * @return in [-1, 1]; 1 for a word and itself, 0 where one of two words has no vector
   */
  public double cosine(String word, String other) {
    if (word.equals(other)) {
      return 1;
    }
    Integer row = rows.get(word);
    Integer column = rows.get(other);
    return row == null || column == null ? 0 : Math.clamp(dot(row, column), -1.0, 1.0);
  }

  /**
   * How much it says that a word stands in a text: the natural logarithm of the corpus' words over
   * those that are this one.
   *
   * @return 0 or more; that of the rarest word for one without a vector
   */
  public double rarity(String word) {
    Integer row = rows.get(word);
    return row == null ? rarest : rarity(row);
  }

  /** SHA-256 over words, occurrences and vectors, 64 lower-case hexadecimal digits. */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(vocabulary.toString().getBytes(StandardCharsets.UTF_8));
      ByteBuffer numbers = ByteBuffer.allocate(vectors.length * Float.BYTES);
      numbers.asFloatBuffer().put(vectors);
      digest.update(numbers);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private double rarity(int row) {
    return Math.log((double) vocabulary.tokens() / vocabulary.entries().get(row).occurrences());
  }

  private double dot(int row, int column) {
    double dot = 0;
    for (int i = 0; i < size; i++) {
      dot += (double) vectors[row * size + i] * vectors[column * size + i];
    }
    return dot;
  }
}
