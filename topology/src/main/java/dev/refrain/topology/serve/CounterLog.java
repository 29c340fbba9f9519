package dev.refrain.topology.serve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes all counters to the log when closed, so that what was suppressed, refused or given up can
 * be read where nothing collects the counters.
 *
 * @param meters the counters
 */
public record CounterLog(MeterRegistry meters) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CounterLog.class);

  /** The counters on one line, in alphabetical order: {@code name{tag=value} count}. */
  public String line() {
    return meters.getMeters().stream()
        .filter(Counter.class::isInstance)
        .map(Counter.class::cast)
        .map(counter -> "%s %d".formatted(name(counter.getId()), (long) counter.count()))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String name(Meter.Id id) {
    String tags =
        id.getTags().stream().map(CounterLog::tag).collect(Collectors.joining(",", "{", "}"));
    return id.getName() + tags;
  }

  private static String tag(Tag tag) {
    return tag.getKey() + "=" + tag.getValue().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    LOG.info("Counted: {}", line());
  }
}
