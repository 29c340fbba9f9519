package dev.refrain.connectors.prompt;

import dev.refrain.gpuworkers.model.SafetensorsFile;
import dev.refrain.gpuworkers.model.SafetensorsWriter;
import dev.refrain.gpuworkers.model.UnusableModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * P learned vectors of a frozen model's width C, with the card that says where they come from. A
 * safetensors file with one tensor, {@code prompt} [P, C], and the card as its metadata. Immutable.
 */
public final class SoftPrompt {
  private static final String TENSOR = "prompt";
  private static final int MATRIX = 2;

  private final int length;
  private final int hiddenSize;
  private final float[] vectors;
  private final PromptCard card;

  /**
   * A prompt of numbers.
   *
   * @param hiddenSize C
   * @param vectors P C numbers, vector after vector; copied
   */
  public SoftPrompt(int hiddenSize, float[] vectors, PromptCard card) {
    if (hiddenSize < 1 || vectors.length == 0 || vectors.length % hiddenSize != 0) {
      throw new IllegalArgumentException(
          "%d numbers are no vectors of width %d".formatted(vectors.length, hiddenSize));
    }
    this.length = vectors.length / hiddenSize;
    this.hiddenSize = hiddenSize;
    this.vectors = vectors.clone();
    this.card = card;
  }

  /**
   * Reads a file.
   *
   * @throws UnusableModelException if it is missing, damaged or no soft prompt
   */
  public static SoftPrompt read(Path file) {
    SafetensorsFile stored = SafetensorsFile.open(file);
    try {
      float[] vectors = stored.numbers(TENSOR);
      List<Long> shape = stored.shape(TENSOR);
      if (shape.size() != MATRIX) {
        throw new IllegalArgumentException("tensor prompt has shape %s".formatted(shape));
      }
      return new SoftPrompt(
          Math.toIntExact(shape.getLast()), vectors, PromptCard.of(stored.metadata()));
    } catch (IllegalArgumentException e) {
      throw new UnusableModelException(
          file,
          "is no soft prompt: " + e.getMessage(),
          "use a file that `refrain train prompt` wrote",
          e);
    }
  }

  /**
   * Writes the file, in the place of one that is there.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter(SafetensorsWriter.Precision.F32);
    card.fields().forEach(writer::metadata);
    writer.add(TENSOR, new long[] {length, hiddenSize}, vectors).write(file);
  }

  /** P. */
  public int length() {
    return length;
  }

  /** C. */
  public int hiddenSize() {
    return hiddenSize;
  }

  /** The numbers, vector after vector; a copy. */
  public float[] vectors() {
    return vectors.clone();
  }

  /** Where it comes from. */
  public PromptCard card() {
    return card;
  }

  /** SHA-256 over card and numbers, 64 lower-case hexadecimal digits. */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(card.fields().toString().getBytes(StandardCharsets.UTF_8));
      ByteBuffer number = ByteBuffer.allocate(Float.BYTES);
      for (float value : vectors) {
        digest.update(number.clear().putFloat(value).flip());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Checks that this prompt was tuned in front of a model.
   *
   * @param modelDigest digest of the model that it shall stand in front of
   * @throws IllegalArgumentException naming both digests if it was another
   */
  public void requireModel(String modelDigest) {
    if (!card.modelDigest().equals(modelDigest)) {
      throw new IllegalArgumentException(
          "The soft prompt was tuned in front of model %s; the model here is %s: tune one for this model with `refrain train prompt`"
              .formatted(card.modelDigest(), modelDigest));
    }
  }
}
