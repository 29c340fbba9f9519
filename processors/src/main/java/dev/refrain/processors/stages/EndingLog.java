package dev.refrain.processors.stages;

import java.time.Instant;
import java.util.Set;

/**
 * What the topics of answers and dead letters say about questions that have ended. Without
 * transactions the stores may lag behind those topics after a process was killed.
 */
@FunctionalInterface
public interface EndingLog {

  /** For exactly-once, where the stores are never behind. */
  EndingLog NOT_NEEDED = time -> Set.of();

  /**
   * Ids of the questions that ended since a time; may name older ones, too.
   *
   * @throws RuntimeException if the topics cannot be read now; asking again may help
   */
  Set<String> since(Instant time);
}
