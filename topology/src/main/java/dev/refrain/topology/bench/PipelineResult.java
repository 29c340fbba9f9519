package dev.refrain.topology.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What both sides did, turn by turn.
 *
 * @param way turns of the complete topology
 * @param chain turns of the bare chain, as many
 */
public record PipelineResult(List<Turn> way, List<Turn> chain) {

  /**
   * One turn of one side.
   *
   * @param perSecond records a second in a burst
   * @param medianLatency median latency of single records in milliseconds
   */
  public record Turn(double perSecond, double medianLatency) {}

  public PipelineResult {
    way = List.copyOf(way);
    chain = List.copyOf(chain);
  }

  /** Questions a second through the topology: the median of the turns. */
  public double questionsPerSecond() {
    return Median.of(way.stream().mapToDouble(Turn::perSecond));
  }

  /** Records a second through the chain: the median of the turns. */
  public double recordsPerSecond() {
    return Median.of(chain.stream().mapToDouble(Turn::perSecond));
  }

  /** Median latency of a question in milliseconds: the median of the turns. */
  public double questionLatency() {
    return Median.of(way.stream().mapToDouble(Turn::medianLatency));
  }

  /** Median latency of a record through the chain in milliseconds: the median of the turns. */
  public double recordLatency() {
    return Median.of(chain.stream().mapToDouble(Turn::medianLatency));
  }

  /** Throughput of the topology as a share of the chain's: the median of the turns' ratios. */
  public double throughputRatio() {
    return Median.of(
        IntStream.range(0, way.size())
            .mapToDouble(i -> way.get(i).perSecond() / chain.get(i).perSecond()));
  }

  /** Median latency of the topology as a multiple of the chain's: the median of the ratios. */
  public double latencyRatio() {
    return Median.of(
        IntStream.range(0, way.size())
            .mapToDouble(i -> way.get(i).medianLatency() / chain.get(i).medianLatency()));
  }
}
