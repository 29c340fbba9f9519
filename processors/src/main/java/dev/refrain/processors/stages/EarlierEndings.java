package dev.refrain.processors.stages;

import dev.refrain.processors.question.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The questions that ended before this task took over, whatever its stores say: records that a
 * killed process had not committed come again, though their answers may have been sent. Asks the
 * log once or a few times, for questions from before the task only. Belongs to one stream task.
 */
final class EarlierEndings {
  /** Askers' clocks may differ by this. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** Read beyond the first question, so that an older one rarely makes for a second reading. */
  private static final Duration MARGIN = Duration.ofMinutes(10);

  private final EndingLog log;
  private final Instant started;
  private final Instant earliest;
  private Instant readSince = Instant.MAX;
  private Set<String> ended = Set.of();

  /**
   * @param started when the task took over
   * @param remembered how far back the log is read at most
   */
  EarlierEndings(EndingLog log, Instant started, Duration remembered) {
    this.log = log;
    this.started = started;
    this.earliest = started.minus(remembered);
  }

  boolean contain(Question question) {
    Instant asked = question.askedAt();
    if (asked.isAfter(started.plus(SKEW))) {
      return false;
    }
    Instant since = asked.isBefore(earliest) ? earliest : asked;
    if (since.isBefore(readSince)) {
      readSince = since.minus(MARGIN);
      ended = log.since(readSince);
    }
    return ended.contains(question.id());
  }
}
