package dev.refrain.topology.broker;

import dev.refrain.schemas.TopicSpec;
import java.util.List;

/**
 * How a topic stands on a cluster.
 *
 * @param topic what Refrain wants
 * @param differences what the cluster has instead, one sentence each; empty unless {@link
 *     Standing#DIFFERS}
 */
public record TopicState(TopicSpec topic, Standing standing, List<String> differences) {

  /** Whether the cluster has the topic, and as it is wanted. */
  public enum Standing {
    /** The cluster lacks it. */
    MISSING,
    /** It was missing and has been made. */
    CREATED,
    /** It was there as it is wanted. */
    EXISTS,
    /** It was there with other settings; it was left as it is. */
    DIFFERS
  }

  public TopicState {
    differences = List.copyOf(differences);
    if (differences.isEmpty() == (standing == Standing.DIFFERS)) {
      throw new IllegalArgumentException(
          "Topic %s: standing %s with %d differences"
              .formatted(topic.name(), standing, differences.size()));
    }
  }
}
