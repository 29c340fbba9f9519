package dev.refrain.topology.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Section {@code stream}: how the topology runs.
 *
 * @param applicationId group of the topology's processes; each id answers every question once
 * @param guarantee what holds when a process dies
 * @param commitInterval how often progress is committed; every hop over a topic waits for a commit
 *     under exactly-once. 0 for the guarantee's own: {@link #commitEvery}
 * @param threads stream threads of this process, 1 or more
 * @param stateFolder local stores, rebuilt from the broker where they are lost
 * @param standbyReplicas warm copies of the stores on other processes, 0 or more
 * @param finishedRetention how long ids of ended questions are remembered, so that a duplicate is
 *     suppressed
 */
public record StreamConfig(
    String applicationId,
    Guarantee guarantee,
    Duration commitInterval,
    int threads,
    Path stateFolder,
    int standbyReplicas,
    Duration finishedRetention) {

  /** What holds when a process dies. */
  public enum Guarantee {
    @JsonProperty("exactly-once")
    EXACTLY_ONCE,
    @JsonProperty("at-least-once")
    AT_LEAST_ONCE
  }

  public StreamConfig {
    Require.that(
        applicationId.matches("[a-zA-Z0-9._-]{1,100}"),
        "applicationId",
        '"' + applicationId + '"',
        "1 to 100 letters, digits, dots, dashes and underscores");
    Require.that(!commitInterval.isNegative(), "commitInterval", commitInterval, "0 or more");
    Require.atLeast(1, "threads", threads);
    Require.atLeast(0, "standbyReplicas", standbyReplicas);
    Require.positive("finishedRetention", finishedRetention);
  }

  /**
   * How often progress is committed: as configured, else every 25 ms under exactly-once, where
   * latency waits for it, and every 200 ms under at-least-once, where it only bounds what is done
   * again after a kill.
   */
  public Duration commitEvery() {
    if (!commitInterval.isZero()) {
      return commitInterval;
    }
    return switch (guarantee) {
      case EXACTLY_ONCE -> Duration.ofMillis(25);
      case AT_LEAST_ONCE -> Duration.ofMillis(200);
    };
  }
}
