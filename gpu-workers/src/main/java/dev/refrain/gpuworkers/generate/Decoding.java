package dev.refrain.gpuworkers.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.model.CausalLm;
import dev.refrain.gpuworkers.model.KvCache;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The decoding of one request: its prompt once, then its sequences together, a token at a time.
 * Holds the native memory of the cache until it is closed. Not thread-safe.
 *
 * <p>R sequences, V vocabulary.
 */
final class Decoding implements AutoCloseable {
  private final CausalLm model;
  private final int[] prompt;
  private final int capacity;
  private List<Continuation> sequences;
  private @Nullable KvCache cache;

  /** The decoding of a prompt to one sequence or more. */
  Decoding(CausalLm model, int[] prompt, List<Continuation> sequences, int maxNewTokens) {
    this.model = model;
    this.prompt = prompt;
    this.capacity = prompt.length + maxNewTokens;
    this.sequences = sequences;
  }

  /** Gives every unfinished sequence a token; returns whether one of them wants another. */
  boolean step() {
    List<NextToken> next = cache == null ? prefill() : decode(cache);
    for (int row = 0; row < sequences.size(); row++) {
      if (!sequences.get(row).finished()) {
        sequences.get(row).advance(next.get(row));
      }
    }
    return sequences.stream().anyMatch(sequence -> !sequence.finished());
  }

  private List<NextToken> prefill() {
    cache = model.newCache(1, capacity);
    return Collections.nCopies(sequences.size(), run(cache, new int[][] {prompt}).getFirst());
  }

  /**
   * Forks the prompt after the first token. Later leaves finished sequences out once they are half
   * of all: copying the cache at each end would cost more than a few idle rows.
   */
  private List<NextToken> decode(KvCache current) {
    int[] live =
        IntStream.range(0, sequences.size())
            .filter(row -> !sequences.get(row).finished())
            .toArray();
    boolean forked = current.rows() == sequences.size();
    if (!forked || 2 * live.length <= sequences.size()) {
      sequences = Arrays.stream(live).mapToObj(sequences::get).toList();
      cache = current.select(forked ? live : new int[live.length]);
      current.close();
      return decode(cache, sequences);
    }
    return decode(current, sequences);
  }

  private List<NextToken> decode(KvCache current, List<Continuation> rows) {
    return run(
        current, rows.stream().map(row -> new int[] {row.lastToken()}).toArray(int[][]::new));
  }

  private List<NextToken> run(KvCache current, int[][] tokens) {
    try (NDManager manager = model.newManager()) {
      NDArray hidden = model.hiddenStates(model.embed(manager, tokens), current); // [R, T, C]
      float[] logits = model.lastLogits(hidden).toFloatArray(); // [R, V]
      int size = model.vocabularySize();
      return IntStream.range(0, tokens.length)
          .mapToObj(row -> new NextToken(Arrays.copyOfRange(logits, row * size, (row + 1) * size)))
          .toList();
    }
  }

  @Override
  public void close() {
    if (cache != null) {
      cache.close();
    }
  }
}
