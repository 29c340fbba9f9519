package dev.refrain.gpuworkers.pool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the broker holds of a pool's share group.
 *
 * @param lock how long a delivered record is locked unless renewed; brokers allow 15 s to 60 s
 *     unless configured otherwise
 * @param session how long a silent worker is believed to live; until then nobody else is given its
 *     partitions. Null for the broker's own, 45 s by default
 * @param heartbeat how often a worker is heard; a new one has its first work after its second
 *     heartbeat. Null for the broker's own, 5 s by default
 * @param deliveryLimit deliveries after which the broker forgets a record, 2 to 10 unless
 *     configured otherwise; above {@link WorkerSettings#maxDeliveries}, which ends it with a word
 * @param renewal whether locks can be renewed
 */
public record ShareGroupSettings(
    Duration lock,
    @Nullable Duration session,
    @Nullable Duration heartbeat,
    int deliveryLimit,
    boolean renewal) {

  public ShareGroupSettings {
    requireMillis("lock", lock);
    if (session != null) {
      requireMillis("session", session);
    }
    if (heartbeat != null) {
      requireMillis("heartbeat", heartbeat);
    }
    if (deliveryLimit < 2) {
      throw new IllegalArgumentException(
          "deliveryLimit is %d, must be 2 or more".formatted(deliveryLimit));
    }
  }

  /** What every broker allows: locks of 30 s that can be renewed, and 10 deliveries. */
  public static ShareGroupSettings defaults() {
    return new ShareGroupSettings(Duration.ofSeconds(30), null, null, 10, true);
  }

  /**
   * The same for the embedded broker, which allows shorter times: a worker has its first work
   * within a second, and is missed after ten.
   */
  public static ShareGroupSettings embedded() {
    return new ShareGroupSettings(
        Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMillis(500), 10, true);
  }

  /** The same with another lock. */
  public ShareGroupSettings withLock(Duration duration) {
    return new ShareGroupSettings(duration, session, heartbeat, deliveryLimit, renewal);
  }

  private static void requireMillis(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException("%s is %s, must be 1 ms or more".formatted(name, value));
    }
  }
}
