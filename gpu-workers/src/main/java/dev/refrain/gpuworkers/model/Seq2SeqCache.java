package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.Arrays;

/**
 * What the decoder of an encoder-decoder knows between its steps: keys and values of its inputs,
 * computed once, and of the outputs so far. Holds native memory until it is closed. One thread at a
 * time.
 */
public final class Seq2SeqCache implements AutoCloseable {
  private static final int INPUTS = 2;
  private static final int CAPACITY = 4;

  private final TorchProgram program;
  private final NDManager manager;
  private final NDArray memory;
  private final NDArray lengths;
  private final int outputs;
  private NDArray cache;
  private int length;

  /**
   * @param manager owns the arrays, and is closed with this
   * @param memory keys and values of the inputs
   * @param lengths how many positions each input has
   * @param outputs n, of each input
   */
  Seq2SeqCache(
      TorchProgram program,
      NDManager manager,
      NDArray memory,
      NDArray lengths,
      int outputs,
      int capacity) {
    this.program = program;
    this.manager = manager;
    this.memory = memory;
    this.lengths = lengths;
    this.outputs = outputs;
    this.cache = program.tensor(manager, "new_cache", rows(), capacity);
  }

  /** B n, outputs altogether. */
  public int rows() {
    return (int) memory.getShape().get(INPUTS) * outputs;
  }

  /** Positions of each output so far. */
  public int length() {
    return length;
  }

  /** Most positions of an output. */
  public int capacity() {
    return (int) cache.getShape().get(CAPACITY);
  }

  /**
   * Lets each row go on from what another one of its input has been so far.
   *
   * @param rows for each row the one that it goes on from
   */
  public void reorder(int... rows) {
    require(
        rows.length == rows(),
        "%s are %d rows, must be %d".formatted(Arrays.toString(rows), rows.length, rows()));
    boolean same = true;
    for (int row = 0; row < rows.length; row++) {
      require(
          rows[row] / outputs == row / outputs,
          "row %d cannot go on from row %d, which is of another input".formatted(row, rows[row]));
      same &= rows[row] == row;
    }
    if (same) {
      return;
    }
    NDArray before = cache;
    try (NDArray chosen = manager.create(Arrays.stream(rows).asLongStream().toArray())) {
      cache = program.tensor(manager, "select", before, chosen, length, capacity());
    }
    before.close();
  }

  /** Runs the decoder over new positions, [B n, T, C]. */
  NDArray run(String method, NDArray embeddings) {
    long added = embeddings.getShape().get(1);
    require(
        embeddings.getShape().get(0) == rows(),
        "%d rows do not fit a cache of %d rows".formatted(embeddings.getShape().get(0), rows()));
    require(
        added <= capacity() - length,
        "%d new positions do not fit a cache with %d of %d positions filled"
            .formatted(added, length, capacity()));
    length += (int) added;
    return program.tensor(
        embeddings.getManager(), method, embeddings, length, cache, memory, lengths);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
