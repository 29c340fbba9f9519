package dev.refrain.topology.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Stretches of work between probes of what the machine gives: a probe, a stretch, a probe, and so
 * on. What a virtual machine gives changes by tens of percents between seconds; each stretch is
 * compared only with the probes beside it.
 *
 * @param probes what the machine gave a second, one more than there are stretches
 * @param stretches what the work used of it a second, at least one
 */
public record Interleaved(List<Double> probes, List<Double> stretches) {

  /** Work that is measured. */
  @FunctionalInterface
  interface Stretch {
    /** Does it, and says what it used a second. */
    double perSecond() throws IOException;
  }

  public Interleaved {
    probes = List.copyOf(probes);
    stretches = List.copyOf(stretches);
    if (stretches.isEmpty() || probes.size() != stretches.size() + 1) {
      throw new IllegalArgumentException(
          "%d probes and %d stretches, must be a stretch at least and one probe more"
              .formatted(probes.size(), stretches.size()));
    }
  }

  /**
   * Lets work and probes take turns.
   *
   * @param number of stretches, 1 or more
   * @param probe what the machine gives a second
   */
  static Interleaved measure(int number, DoubleSupplier probe, Stretch work) throws IOException {
    List<Double> probes = new ArrayList<>();
    List<Double> stretches = new ArrayList<>();
    probes.add(probe.getAsDouble());
    for (int i = 0; i < number; i++) {
      stretches.add(work.perSecond());
      probes.add(probe.getAsDouble());
    }
    return new Interleaved(probes, stretches);
  }

  /** What each stretch used, as a share of the mean of the probes before and after it. */
  DoubleStream shares() {
    return IntStream.range(0, stretches.size())
        .mapToDouble(i -> 2 * stretches.get(i) / (probes.get(i) + probes.get(i + 1)));
  }
}
