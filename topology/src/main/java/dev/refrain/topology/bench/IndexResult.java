package dev.refrain.topology.bench;

import java.util.List;

/**
 * How fast both sides indexed, round by round.
 *
 * @param rounds one or more
 * @param heapLimit bytes of heap that the JVM may use at most
 */
public record IndexResult(List<Round> rounds, long heapLimit) {

  /**
   * A turn of the builder and the turn of the bare loop that followed it.
   *
   * @param passages indexed by each side
   * @param builderSeconds of the builder
   * @param bareSeconds of the bare loop
   * @param peakHeap most bytes of heap used during the builder's turn, garbage included
   */
  public record Round(long passages, double builderSeconds, double bareSeconds, long peakHeap) {

    /** Passages a second of the builder. */
    public double builderPerSecond() {
      return passages / builderSeconds;
    }

    /** Passages a second of the bare loop. */
    public double barePerSecond() {
      return passages / bareSeconds;
    }

    /** Speed of the builder as a share of the bare loop's. */
    public double ratio() {
      return bareSeconds / builderSeconds;
    }
  }

  /** Copies the list. */
  public IndexResult {
    rounds = List.copyOf(rounds);
  }

  /** Speed of the builder as a share of the bare loop's: the median of the rounds. */
  public double ratio() {
    return Median.of(rounds.stream().mapToDouble(Round::ratio));
  }

  /** Most bytes of heap used during any of the builder's turns. */
  public long peakHeap() {
    return rounds.stream().mapToLong(Round::peakHeap).max().orElse(0);
  }
}
