package dev.refrain.gpuworkers.pool;

import java.time.Duration;
import java.util.Map;

/**
 * How a worker serves its pool.
 *
 * @param pool name of the pool, as in the topic
 * @param groupId the share group that the pool's workers form
 * @param name name of this worker, in results and in logs
 * @param maxInFlight most requests that are served at the same time, 1 to 10,000
 * @param consumers share consumers that take them in turn, 1 to {@code maxInFlight}: one can take
 *     new work only when everything it took before has ended
 * @param maxDeliveries deliveries after which a failing request is poison, 1 to 8: the broker,
 *     which forgets a record at its own limit, must allow more ({@link ShareGroupSettings})
 * @param renewEvery how long a lock may age before it is renewed, above 0; a third of the broker's
 *     lock duration is taken where that is shorter
 * @param grace how long running work may go on after {@link Worker#close}, 0 or more
 * @param client Kafka client properties of this installation: {@code bootstrap.servers}, security
 */
public record WorkerSettings(
    String pool,
    String groupId,
    String name,
    int maxInFlight,
    int consumers,
    int maxDeliveries,
    Duration renewEvery,
    Duration grace,
    Map<String, String> client) {

  public WorkerSettings {
    client = Map.copyOf(client);
    require(!pool.isBlank(), "pool", pool, "a name");
    require(!groupId.isBlank(), "groupId", groupId, "a name");
    require(!name.isBlank(), "name", name, "a name");
    require(
        maxInFlight >= 1 && maxInFlight <= 10_000, "maxInFlight", maxInFlight, "from 1 to 10000");
    require(
        consumers >= 1 && consumers <= maxInFlight,
        "consumers",
        consumers,
        "from 1 to maxInFlight, " + maxInFlight);
    require(
        maxDeliveries >= 1 && maxDeliveries <= 8, "maxDeliveries", maxDeliveries, "from 1 to 8");
    require(renewEvery.isPositive(), "renewEvery", renewEvery, "positive");
    require(!grace.isNegative(), "grace", grace, "0 or more");
  }

  /**
   * At most eight consumers, three deliveries, renewal every 10 s, 20 s of grace; the group is
   * {@code refrain-<pool>}.
   */
  public static WorkerSettings of(
      String pool, String name, int maxInFlight, Map<String, String> client) {
    return new WorkerSettings(
        pool,
        "refrain-" + pool,
        name,
        maxInFlight,
        Math.clamp(maxInFlight, 1, 8),
        3,
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        client);
  }

  /** Most requests that one of the consumers takes together. */
  int maxPerConsumer() {
    return maxInFlight / consumers;
  }

  /** From which delivery on a request may have failed or killed a worker, and is served alone. */
  int suspectFrom() {
    return Math.max(2, maxDeliveries - 1);
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s is '%s', must be %s".formatted(name, value, range));
    }
  }
}
