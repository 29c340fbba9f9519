package dev.refrain.topology.bench;

import java.util.Arrays;
import java.util.List;

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
    return median(way.stream().mapToDouble(Turn::perSecond).toArray());
  }

  /** Records a second through the chain: the median of the turns. */
  public double recordsPerSecond() {
    return median(chain.stream().mapToDouble(Turn::perSecond).toArray());
  }

  /** Median latency of a question in milliseconds: the median of the turns. */
  public double questionLatency() {
    return median(way.stream().mapToDouble(Turn::medianLatency).toArray());
  }

  /** Median latency of a record through the chain in milliseconds: the median of the turns. */
  public double recordLatency() {
    return median(chain.stream().mapToDouble(Turn::medianLatency).toArray());
  }

  /** Throughput of the topology as a share of the chain's: the median of the turns' ratios. */
  public double throughputRatio() {
    double[] ratios = new double[way.size()];
    Arrays.setAll(ratios, i -> way.get(i).perSecond() / chain.get(i).perSecond());
    return median(ratios);
  }

  /** Median latency of the topology as a multiple of the chain's: the median of the ratios. */
  public double latencyRatio() {
    double[] ratios = new double[way.size()];
    Arrays.setAll(ratios, i -> way.get(i).medianLatency() / chain.get(i).medianLatency());
    return median(ratios);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
