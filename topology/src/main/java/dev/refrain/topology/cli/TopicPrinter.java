package dev.refrain.topology.cli;

import dev.refrain.schemas.TopicSpec;
import dev.refrain.topology.broker.TopicState;
import dev.refrain.topology.config.DurationText;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the topics and how they stand on a cluster. */
final class TopicPrinter {
  private TopicPrinter() {}

  static void print(Output output, List<TopicState> states, int replicationFactor) {
    output.value(states.stream().map(state -> fields(state, replicationFactor)).toList());
    Table table = Table.headed("topic", "partitions", "replicas", "kept", "record", "standing");
    for (TopicState state : states) {
      TopicSpec topic = state.topic();
      table.row(
          topic.name(),
          topic.partitions(),
          replicationFactor,
          kept(topic),
          topic.schema().getName(),
          String.join("; ", standing(state), String.join("; ", state.differences()))
              .replaceFirst("; $", ""));
    }
    output.table(table);
  }

  private static Map<String, Object> fields(TopicState state, int replicationFactor) {
    TopicSpec topic = state.topic();
    return Map.of(
        "topic", topic.name(),
        "key", topic.key(),
        "record", topic.schema().getFullName(),
        "partitions", topic.partitions(),
        "replicationFactor", replicationFactor,
        "config", topic.kafkaConfig(),
        "standing", standing(state),
        "differences", state.differences());
  }

  private static String kept(TopicSpec topic) {
    return switch (topic.cleanup()) {
      case COMPACT -> "latest of each key";
      case DELETE -> DurationText.of(topic.retention());
    };
  }

  private static String standing(TopicState state) {
    return state.standing().name().toLowerCase(Locale.ROOT);
  }
}
