package dev.refrain.gpuworkers.model;

/**
 * Keys and values of the positions that some sequences, all of one length, have in memory. Holds
 * native memory until it is closed. One thread at a time.
 */
public interface KvCache extends AutoCloseable {

  /** Number of sequences. */
  int rows();

  /** Positions filled in each sequence. */
  int length();

  /** Most positions of each sequence. */
  int capacity();

  /**
   * Most positions of sequences that can be forked from it: fewer than the model's context where
   * the model turns the keys of longer sequences otherwise, and some of these are computed.
   */
  int longestFork();

  /** Bytes of memory that closing it frees, caches that were forked from it aside. */
  long bytes();

  /**
   * A cache of sequences that all begin with this one's positions. What they have in common is not
   * copied: it stays in memory until the last cache that has it is closed, this one among them.
   *
   * @param rows how many sequences, 1 or more
   * @param capacity most positions of each, above this one's {@link #length()}
   * @param longest most positions of sequences that will be forked from it, its capacity or more
   * @return the cache, which the caller closes; this one stays as it is and may go on
   * @throws IllegalArgumentException if this cache has more than one sequence, there is no room, or
   *     the model turns the keys of sequences of that length otherwise, as some do beyond the
   *     context of their first training
   */
  KvCache fork(int rows, int capacity, int longest);

  /** The same where nothing will be forked from it. */
  default KvCache fork(int rows, int capacity) {
    return fork(rows, capacity, capacity);
  }

  /**
   * Drops a sequence; the last one takes its place.
   *
   * @param row in [0, {@link #rows()}), not the only one
   */
  void drop(int row);

  @Override
  void close();
}
