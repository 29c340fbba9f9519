package dev.refrain.gpuworkers.pool;

import java.time.Duration;

/**
 * What the broker holds of a pool's share group.
 *
 * @param lock how long a delivered record is locked unless renewed; brokers allow 15 s to 60 s
 *     unless configured otherwise
 * @param deliveryLimit deliveries after which the broker forgets a record, 2 to 10 unless
 *     configured otherwise; above {@link WorkerSettings#maxDeliveries}, which ends it with a word
 * @param renewal whether locks can be renewed
 */
public record ShareGroupSettings(Duration lock, int deliveryLimit, boolean renewal) {

  public ShareGroupSettings {
    if (lock.toMillis() < 1) {
      throw new IllegalArgumentException("lock is %s, must be 1 ms or more".formatted(lock));
    }
    if (deliveryLimit < 2) {
      throw new IllegalArgumentException(
          "deliveryLimit is %d, must be 2 or more".formatted(deliveryLimit));
    }
  }

  /** Locks of 30 s that can be renewed, and as many deliveries as a broker allows: 10. */
  public static ShareGroupSettings defaults() {
    return new ShareGroupSettings(Duration.ofSeconds(30), 10, true);
  }
}
