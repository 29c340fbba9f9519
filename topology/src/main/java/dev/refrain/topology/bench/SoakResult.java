package dev.refrain.topology.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What a soak came to.
 *
 * @param seconds how long the engine was under load
 * @param samples looks at its memory, in their order
 * @param requests what became of the requests
 * @param promptTokens tokens of prompts that were read
 * @param newTokens tokens that were generated
 * @param idleArrays arrays of the engine before the load, when nothing ran
 * @param arraysLeft the same after it
 */
public record SoakResult(
    double seconds,
    List<Sample> samples,
    Requests requests,
    long promptTokens,
    long newTokens,
    int idleArrays,
    int arraysLeft) {

  /** What is left out at the beginning, while code is generated: a twelfth of the looks. */
  private static final int WARM_UP_SHARE = 12;

  private static final int QUARTERS = 4;
  private static final double HOUR = 3600;

  /**
   * A look at the memory while the engine runs.
   *
   * @param seconds since the load began
   * @param resident bytes of the process that are resident; null where the system does not tell
   * @param heap bytes of Java objects that are left after a collection
   * @param arrays arrays of the engine: weights, soft prompts, caches of the requests that run
   * @param kvBytes bytes that the running requests may fill with keys and values
   * @param waiting requests that wait for room
   */
  public record Sample(
      double seconds, @Nullable Long resident, long heap, int arrays, long kvBytes, int waiting) {}

  /**
   * Requests by what became of them and by kind.
   *
   * @param submitted all of them, those that ran when the time was over included
   * @param completed that gave all that was asked for
   * @param expired that ended at their deadline
   * @param cancelled that were cancelled before their end
   * @param refused that could never fit
   * @param prompted of those submitted, behind the soft prompt
   * @param forked of those submitted, with more than one sequence
   * @param constrained of those submitted, held to spans of their prompts
   */
  public record Requests(
      long submitted,
      long completed,
      long expired,
      long cancelled,
      long refused,
      long prompted,
      long forked,
      long constrained) {}

  /**
   * How a measure changed.
   *
   * @param first median of the first quarter after the warm-up
   * @param last median of the last quarter
   * @param perHour line through all that was measured after the warm-up, x in hours
   */
  public record Growth(double first, double last, LeastSquares perHour) {
    /** By how much the last quarter has more than the first. */
    public double absolute() {
      return last - first;
    }

    /** The same as a share of the first. */
    public double relative() {
      return absolute() / first;
    }
  }

  public SoakResult {
    samples = List.copyOf(samples);
  }

  /**
   * How a measure changed after the warm-up; empty where there are fewer than four looks after it.
   */
  public Optional<Growth> growth(ToDoubleFunction<Sample> measure) {
    List<Sample> warm = warm();
    int quarter = warm.size() / QUARTERS;
    if (quarter == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Growth(
            Median.of(values(warm.subList(0, quarter), measure)),
            Median.of(values(warm.subList(warm.size() - quarter, warm.size()), measure)),
            LeastSquares.fit(
                warm.stream()
                    .map(
                        sample ->
                            new LeastSquares.Point(
                                sample.seconds() / HOUR, measure.applyAsDouble(sample)))
                    .toList())));
  }

  /** The looks that count. */
  public List<Sample> warm() {
    return samples.subList(Math.ceilDiv(samples.size(), WARM_UP_SHARE), samples.size());
  }

  /** Fewest requests that waited at any look after the warm-up; 0 where there was none. */
  public int fewestWaiting() {
    return warm().stream().mapToInt(Sample::waiting).min().orElse(0);
  }

  private static DoubleStream values(List<Sample> samples, ToDoubleFunction<Sample> measure) {
    return samples.stream().mapToDouble(measure);
  }
}
