package dev.refrain.topology.config;

import dev.refrain.schemas.Topics;
import java.time.Duration;

/**
 * Section {@code topics}: how topics are named and made.
 *
 * @param prefix put before every name; letters, digits, dots, dashes and underscores, or empty
 * @param partitions partitions of every topic but the policies, 1 or more
 * @param replicationFactor copies of every partition, 1 or more and at most the number of brokers
 * @param retention how long questions, work, decisions, answers and dead letters are kept
 * @param journalRetention how long results are kept, the journal that replay reads
 */
public record TopicsConfig(
    String prefix,
    int partitions,
    int replicationFactor,
    Duration retention,
    Duration journalRetention) {

  public TopicsConfig {
    Require.that(
        prefix.matches("[a-zA-Z0-9._-]{0,100}"),
        "prefix",
        '"' + prefix + '"',
        "letters, digits, dots, dashes and underscores, 100 at most");
    Require.atLeast(1, "partitions", partitions);
    Require.that(
        replicationFactor >= 1 && replicationFactor <= Short.MAX_VALUE,
        "replicationFactor",
        replicationFactor,
        "1 or more and at most the number of brokers");
    Require.positive("retention", retention);
    Require.positive("journalRetention", journalRetention);
  }

  /** The table of topics. */
  public Topics topics() {
    return new Topics(prefix, partitions, retention, journalRetention);
  }
}
