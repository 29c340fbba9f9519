package dev.refrain.gpuworkers.model;

/**
 * Keys and values of the positions that some sequences have in memory. Holds native memory until it
 * is closed. One thread at a time.
 */
public interface KvCache extends AutoCloseable {

  /** Number of sequences. */
  int rows();

  /** Positions filled in the longest sequence. */
  int length();

  /**
   * Positions filled in one sequence.
   *
   * @param row in [0, {@link #rows()})
   */
  int length(int row);

  /** Most positions. */
  int capacity();

  /**
   * Copies sequences into a new cache of the same capacity: forks a prompt, or leaves out what has
   * ended.
   *
   * @param rows which of this cache's sequences, in order; one may occur many times
   * @return the copy, which the caller closes; this cache stays as it is
   */
  KvCache select(int... rows);

  /**
   * Copies the first sequence into a new cache.
   *
   * @param rows how many sequences the copy has, all equal, 1 or more
   * @param capacity most positions of the copy, at least the first sequence's {@link #length(int)}
   * @return the copy, which the caller closes; this cache stays as it is
   * @throws IllegalArgumentException if there is no room, or the model turns the keys of sequences
   *     of that capacity otherwise, as some do beyond the context of their first training
   */
  KvCache fork(int rows, int capacity);

  @Override
  void close();
}
