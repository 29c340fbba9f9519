package dev.refrain.topology.broker;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/**
 * Keeps warnings out of the log that a healthy embedded broker gives at every start and stop. Named
 * in {@code logback.xml}.
 */
public final class RoutineWarnings extends Filter<ILoggingEvent> {
  private static final List<String> ROUTINE =
      List.of(
          "Performing controller activation",
          "failed for __transaction_state with error 'TOPIC_ALREADY_EXISTS'",
          "failed for __consumer_offsets with error 'TOPIC_ALREADY_EXISTS'",
          "failed for __share_group_state with error 'TOPIC_ALREADY_EXISTS'",
          "Attempting to close NetworkClient that has already been closed");

  @Override
  public FilterReply decide(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    return ROUTINE.stream().anyMatch(message::contains) ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
