package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values in segments: those that the sequences have in common, then one of their own,
 * which new positions are written to.
 */
final class DecoderKvCache implements KvCache {
  private final ModelConfig config;
  private final TorchProgram program;
  private final List<KvSegment> common;
  private final List<Integer> commonLengths;
  private final KvSegment own;
  private final int longest;
  private int rows;
  private int ownLength;

  private DecoderKvCache(
      ModelConfig config,
      TorchProgram program,
      List<KvSegment> common,
      List<Integer> commonLengths,
      KvSegment own,
      int longest,
      int rows) {
    this.config = config;
    this.program = program;
    this.common = List.copyOf(common);
    this.commonLengths = List.copyOf(commonLengths);
    this.own = own;
    this.longest = longest;
    this.rows = rows;
  }

  /**
   * An empty cache.
   *
   * @param own for all of its positions
   */
  static DecoderKvCache empty(
      ModelConfig config, TorchProgram program, KvSegment own, int longest, int rows) {
    return new DecoderKvCache(config, program, List.of(), List.of(), own, longest, rows);
  }

  /** Room for new positions, their numbers of the type that the program keeps positions as. */
  static KvSegment segment(TorchProgram program, ElementType type, int rows, int capacity) {
    return new KvSegment(program.tensor(program.manager(), "new_cache", rows, capacity), type);
  }

  /** Bytes of the tensor that {@link #empty} makes. */
  static long bytes(ModelConfig config, int rows, int capacity, ElementType type) {
    long places = (long) rows * (capacity + DecoderProgram.spare(config));
    long numbers = 2L * config.numLayers() * config.numKvHeads() * config.headSize() * places;
    return numbers * type.bytes();
  }

  /** Takes room for new positions of each sequence. */
  void extend(int added) {
    require(
        added >= 1 && added <= capacity() - length(),
        "%d new positions do not fit a cache with %d of %d positions filled"
            .formatted(added, length(), capacity()));
    ownLength += added;
  }

  /** What the program calls {@code segments}. */
  List<NDArray> tensors() {
    List<NDArray> tensors = new ArrayList<>();
    common.forEach(segment -> tensors.add(segment.tensor()));
    tensors.add(own.tensor());
    return tensors;
  }

  /** What the program calls {@code lengths}. */
  List<Integer> lengths() {
    List<Integer> lengths = new ArrayList<>(commonLengths);
    lengths.add(ownLength);
    return lengths;
  }

  /** Where a position of these sequences stands in the tables of positions. */
  long place(int position) {
    return turnsAsLong(longest) ? (long) position + config.contextLength() : position;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int length() {
    return commonLength() + ownLength;
  }

  private int commonLength() {
    return commonLengths.stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public int capacity() {
    return commonLength() + own.places() - DecoderProgram.spare(config);
  }

  @Override
  public int longestFork() {
    return length() == 0 || turnsAsLong(longest)
        ? config.contextLength()
        : config.originalContext();
  }

  @Override
  public long bytes() {
    return own.bytes();
  }

  @Override
  public KvCache fork(int newRows, int newCapacity, int newLongest) {
    require(rows == 1, "a cache of %d sequences cannot be forked".formatted(rows));
    require(
        newRows >= 1 && newCapacity > length() && newLongest >= newCapacity,
        "%d rows of capacity %d, at last %d, cannot continue a sequence of %d positions"
            .formatted(newRows, newCapacity, newLongest, length()));
    require(
        length() == 0 || turnsAsLong(longest) == turnsAsLong(newLongest),
        "a cache for sequences of %d positions cannot become one of %d: the model turns keys otherwise in sequences of more than %d positions; make the first one for as many"
            .formatted(longest, newLongest, config.originalContext()));
    List<KvSegment> before = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < common.size(); i++) {
      before.add(common.get(i).shared());
      lengths.add(commonLengths.get(i));
    }
    KvSegment next = segment(program, own.type(), newRows, newCapacity - length());
    if (ownLength > 0) {
      before.add(own.shared());
      lengths.add(ownLength);
      var unused = program.number("follow", next.tensor(), own.tensor());
    }
    return new DecoderKvCache(config, program, before, lengths, next, newLongest, newRows);
  }

  /** Whether a sequence of so many positions is a long one to the model. */
  private boolean turnsAsLong(int positions) {
    return positions > config.originalContext();
  }

  @Override
  public void drop(int row) {
    require(
        row >= 0 && row < rows && rows > 1, "row %d of %d cannot be dropped".formatted(row, rows));
    rows--;
    if (row < rows) {
      var unused = program.number("move", own.tensor(), rows, row, ownLength);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  @Override
  public void close() {
    common.forEach(KvSegment::release);
    own.release();
  }
}
