package dev.refrain.gpuworkers.hub;

import java.time.Duration;

/**
 * How long to wait for a server, and how often to try again.
 *
 * @param connect most time for a connection
 * @param answer most time for the first line of an answer
 * @param stall most time in which not one byte comes
 * @param firstWait after the first failure; doubled after each further one, then shortened by up to
 *     half at random
 * @param longestWait most that is waited between two attempts
 * @param attempts most attempts in a row in which nothing is gained, 1 or more
 */
public record Pace(
    Duration connect,
    Duration answer,
    Duration stall,
    Duration firstWait,
    Duration longestWait,
    int attempts) {

  public Pace {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts is %d, must be 1 or more".formatted(attempts));
    }
  }

  /** Six attempts within some forty seconds, or as slowly as the server asks, up to 5 minutes. */
  public static Pace standard() {
    return new Pace(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(1),
        Duration.ofMinutes(5),
        6);
  }
}
