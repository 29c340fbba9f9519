package dev.refrain.gpuworkers.model;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/**
 * The token embedding of a model folder, read row by row without loading the model. Safe for use by
 * many threads; the file stays mapped as long as this object is used.
 */
public final class TokenEmbeddings {
  private final StoredTensor tensor;
  private final MemorySegment data;

  private TokenEmbeddings(StoredTensor tensor, MemorySegment data) {
    this.tensor = tensor;
    this.data = data;
  }

  /**
   * Maps the embedding's file.
   *
   * @throws UnusableModelException if it cannot be read, or if the family scales its embeddings,
   *     which engines do at different places
   */
  public static TokenEmbeddings open(ModelFolder folder) {
    if (folder.config().architecture().embeddingScale() != 1) {
      throw new UnusableModelException(
          folder.path(),
          "is of a family that scales its embeddings",
          "use soft prompts with a model of our own, or another family");
    }
    DecoderWeights.Weight embedding =
        DecoderWeights.of(folder.config()).stream()
            .filter(weight -> weight.slot() == Slot.EMBEDDING)
            .findFirst()
            .orElseThrow();
    StoredTensor tensor = folder.weights().tensor(embedding.parts().getFirst().name());
    try (FileChannel channel = FileChannel.open(tensor.file(), StandardOpenOption.READ)) {
      return new TokenEmbeddings(
          tensor,
          channel.map(
              FileChannel.MapMode.READ_ONLY, tensor.position(), tensor.length(), Arena.ofAuto()));
    } catch (IOException e) {
      throw new UnusableModelException(
          tensor.file(),
          "cannot be read: " + e.getMessage(),
          "check its permissions and its disk",
          e);
    }
  }

  /** C, numbers of one embedding. */
  public int width() {
    return Math.toIntExact(tensor.shape().getLast());
  }

  /**
   * The embeddings of tokens.
   *
   * @return [T, C], row after row
   * @throws IllegalArgumentException if a token is none of the vocabulary
   */
  public float[] of(int[] tokens) {
    long rows = tensor.shape().getFirst();
    long rowBytes = (long) width() * tensor.elementType().bytes();
    FloatBuffer embeddings = FloatBuffer.allocate(Math.multiplyExact(tokens.length, width()));
    for (int token : tokens) {
      if (token < 0 || token >= rows) {
        throw new IllegalArgumentException(
            "token is %d, must be in [0, %d)".formatted(token, rows));
      }
      embeddings.limit(embeddings.position() + width());
      tensor.elementType().widen(data, token * rowBytes, embeddings);
    }
    return embeddings.array();
  }
}
