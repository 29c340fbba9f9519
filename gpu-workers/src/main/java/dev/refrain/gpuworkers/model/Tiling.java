package dev.refrain.gpuworkers.model;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Which positions of a step share a matrix product: each product has a tile of them. */
sealed interface Tiling {

  /** All share one. */
  record Together() implements Tiling {}

  /** Each cache's share one, and those of different caches none. */
  record Apart() implements Tiling {}

  /**
   * Caches with one new position a sequence share products of a fixed width, filled up with
   * padding; any other cache's share one.
   *
   * @param width 1 or more
   */
  record Padded(int width) implements Tiling {
    private List<Integer> tiles(int positions) {
      return Collections.nCopies(Math.ceilDiv(positions, width), width);
    }
  }

  /**
   * Widths of the tiles, which together may be wider than all positions: padding comes last.
   *
   * @param several positions of each cache that has several new ones in a sequence, which come
   *     first
   * @param single positions of each other cache
   */
  default List<Integer> tiles(List<Integer> several, List<Integer> single) {
    return switch (this) {
      case Together together -> List.of(sum(several) + sum(single));
      case Apart apart -> joined(several, single);
      case Padded padded -> joined(several, padded.tiles(sum(single)));
    };
  }

  private static List<Integer> joined(List<Integer> first, List<Integer> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static int sum(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }
}
