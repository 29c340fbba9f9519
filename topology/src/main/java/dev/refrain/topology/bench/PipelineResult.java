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
   * @param burst what a burst took
   * @param medianLatency median latency of single records in milliseconds
   */
  public record Turn(Traffic.Burst burst, double medianLatency) {}

  public PipelineResult {
    way = List.copyOf(way);
    chain = List.copyOf(chain);
  }

  /** Questions a second through the topology: the median of the turns. */
  public double questionsPerSecond() {
    return Median.of(way.stream().mapToDouble(turn -> turn.burst().perSecond()));
  }

  /** Records a second through the chain: the median of the turns. */
  public double recordsPerSecond() {
    return Median.of(chain.stream().mapToDouble(turn -> turn.burst().perSecond()));
  }

  /** Median latency of a question in milliseconds: the median of the turns. */
  public double questionLatency() {
    return Median.of(way.stream().mapToDouble(Turn::medianLatency));
  }

  /** Median latency of a record through the chain in milliseconds: the median of the turns. */
  public double recordLatency() {
    return Median.of(chain.stream().mapToDouble(Turn::medianLatency));
  }

  /** Processor time for a question in microseconds, the broker's included. */
  public double questionProcessorMicroseconds() {
    return Median.of(way.stream().mapToDouble(turn -> turn.burst().processorMicroseconds()));
  }

  /** Processor time for a record through the chain in microseconds, the broker's included. */
  public double recordProcessorMicroseconds() {
    return Median.of(chain.stream().mapToDouble(turn -> turn.burst().processorMicroseconds()));
  }

  /** Throughput of the topology as a share of the chain's: the median of the turns' ratios. */
  public double throughputRatio() {
    return Median.of(
        IntStream.range(0, way.size())
            .mapToDouble(i -> way.get(i).burst().perSecond() / chain.get(i).burst().perSecond()));
  }

  /** Median latency of the topology as a multiple of the chain's: the median of the ratios. */
  public double latencyRatio() {
    return Median.of(
        IntStream.range(0, way.size())
            .mapToDouble(i -> way.get(i).medianLatency() / chain.get(i).medianLatency()));
  }
}
