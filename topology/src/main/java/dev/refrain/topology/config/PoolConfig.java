package dev.refrain.topology.config;

import java.time.Duration;

/**
 * Sections {@code workers.rerank} and {@code workers.lm}: a pool of workers, a share group.
 *
 * @param count workers of this pool in this process, 0 or more
 * @param maxInFlight most requests a worker serves at the same time, 1 to 10,000
 * @param consumers share consumers of each worker, 1 or more; one can take new requests only when
 *     all that it took before have ended, and more than {@code maxInFlight} are never opened
 * @param maxDeliveries deliveries after which a request is given up as poison, 1 to 8
 * @param lockDuration how long a request is locked for the worker that took it, 15 s to 60 s unless
 *     the brokers allow more
 * @param renewEvery how often the lock of long work is renewed, shorter than lockDuration
 * @param grace how long a worker may finish what it started when it is told to stop
 */
public record PoolConfig(
    int count,
    int maxInFlight,
    int consumers,
    int maxDeliveries,
    Duration lockDuration,
    Duration renewEvery,
    Duration grace) {

  public PoolConfig {
    Require.atLeast(0, "count", count);
    Require.that(
        maxInFlight >= 1 && maxInFlight <= 10_000, "maxInFlight", maxInFlight, "in [1, 10000]");
    Require.atLeast(1, "consumers", consumers);
    Require.that(
        maxDeliveries >= 1 && maxDeliveries <= 8, "maxDeliveries", maxDeliveries, "in [1, 8]");
    Require.positive("lockDuration", lockDuration);
    Require.positive("renewEvery", renewEvery);
    Require.that(
        renewEvery.compareTo(lockDuration) < 0,
        "renewEvery",
        DurationText.of(renewEvery),
        "shorter than lockDuration, " + DurationText.of(lockDuration));
    Require.that(!grace.isNegative(), "grace", DurationText.of(grace), "0s or longer");
  }
}
