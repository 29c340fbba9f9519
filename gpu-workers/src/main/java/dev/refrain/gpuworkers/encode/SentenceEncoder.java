package dev.refrain.gpuworkers.encode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.engine.TorchProgram;
import dev.refrain.gpuworkers.model.EncoderModel;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.SentenceFolder;
import dev.refrain.gpuworkers.model.TokenRows;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Embeds texts as sentence-transformers (arXiv:1908.10084) does with the same folder: white space
 * around a text is dropped, what is longer than the folder says is cut off. Holds native memory
 * until it is closed. One thread at a time.
 */
public final class SentenceEncoder implements AutoCloseable {
  /** Texts that run together, those of like length. */
  private static final int BATCH = 32;

  private final SentenceFolder folder;
  private final String digest;
  private final Tokenizer tokenizer;
  private final EncoderModel encoder;
  private final TorchProgram pooling;

  private SentenceEncoder(
      SentenceFolder folder,
      String digest,
      Tokenizer tokenizer,
      EncoderModel encoder,
      TorchProgram pooling) {
    this.folder = folder;
    this.digest = digest;
    this.tokenizer = tokenizer;
    this.encoder = encoder;
    this.pooling = pooling;
  }

  /**
   * Loads a folder.
   *
   * @return the encoder, which the caller closes
   * @throws dev.refrain.gpuworkers.model.UnusableModelException if its tokenizer is damaged
   */
  public static SentenceEncoder load(SentenceFolder folder, EngineSettings settings) {
    String digest = folder.digest();
    Tokenizer tokenizer =
        Tokenizer.framed(folder.encoder().path().resolve("tokenizer.json"), folder.maxTokens());
    try {
      EncoderModel encoder = EncoderModel.load(folder.encoder(), settings);
      TorchProgram pooling =
          TorchProgram.load(SentenceEncoder.class, "pooling.torchscript", "Pooling", Map.of());
      return new SentenceEncoder(folder, digest, tokenizer, encoder, pooling);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** C, how many numbers a vector has. */
  public int dimension() {
    return encoder.hiddenSize();
  }

  /** {@link SentenceFolder#digest} as it was when the encoder was loaded. */
  public String digest() {
    return digest;
  }

  /**
   * Embeds texts. A text's vector does not depend on its neighbours but for rounding.
   *
   * @return for each text a vector of {@link #dimension} numbers, in the order of the texts; of
   *     length 1 where the folder says so
   */
  public List<float[]> encode(List<String> texts) {
    List<int[]> tokens = texts.stream().map(text -> tokenizer.encode(text.strip())).toList();
    int[] byLength =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> tokens.get(i).length))
            .mapToInt(Integer::intValue)
            .toArray();
    float[][] vectors = new float[texts.size()][];
    for (int start = 0; start < byLength.length; start += BATCH) {
      int[] batch = Arrays.copyOfRange(byLength, start, Math.min(start + BATCH, byLength.length));
      float[] numbers = embed(TokenRows.of(Arrays.stream(batch).mapToObj(tokens::get).toList()));
      for (int row = 0; row < batch.length; row++) {
        vectors[batch[row]] =
            Arrays.copyOfRange(numbers, row * dimension(), (row + 1) * dimension());
      }
    }
    return List.of(vectors);
  }

  /** The vectors of one batch, one after the other. */
  private float[] embed(TokenRows rows) {
    try (NDManager manager = encoder.newManager()) {
      NDArray embeddings = encoder.embed(manager, rows.ids());
      NDArray states = encoder.hiddenStates(embeddings, rows.lengths());
      NDArray lengths = manager.create(Arrays.stream(rows.lengths()).asLongStream().toArray());
      String method =
          switch (folder.pooling()) {
            case MEAN -> "mean";
            case FIRST -> "first";
          };
      NDArray vectors = pooling.tensor(manager, method, states, lengths);
      return (folder.normalises() ? pooling.tensor(manager, "normalise", vectors) : vectors)
          .toFloatArray();
    }
  }

  @Override
  public void close() {
    pooling.close();
    encoder.close();
    tokenizer.close();
  }
}
