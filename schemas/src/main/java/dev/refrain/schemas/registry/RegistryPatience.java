package dev.refrain.schemas.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Asks a registry again and again while it is unavailable, with growing pauses, up to a time limit:
 * for a start before the registry is up. Does not retry what the registry refuses.
 */
public final class RegistryPatience {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Duration limit;
  private final InstantSource clock;
  private final Progress progress;

  /** Hears of every attempt that failed and will be repeated. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called before each pause.
     *
     * @param reason why the registry could not be asked
     * @param pause how long until the next attempt
     */
    void waiting(RegistryUnavailableException reason, Duration pause);
  }

  /**
   * Patience for one registry.
   *
   * @param limit how long to go on after the first failure; zero for a single attempt
   */
  public RegistryPatience(Duration limit, InstantSource clock, Progress progress) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException(
          "Time limit for the registry is %s, must be zero or more".formatted(limit));
    }
    this.limit = limit;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * The answer to a question to the registry.
   *
   * @throws RegistryUnavailableException the last one, when the time limit has passed
   */
  public <T> T ask(Supplier<T> question) throws InterruptedException {
    Instant deadline = clock.instant().plus(limit);
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return question.get();
      } catch (RegistryUnavailableException e) {
        Duration left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
          throw e;
        }
        pause = shorter(pause, left);
        progress.waiting(e, pause);
        Thread.sleep(pause);
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
