package dev.refrain.processors.stages;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what happens to questions: {@code refrain.suppressed} by reason, {@code refrain.ended} by
 * status, {@code refrain.dead.letters} and {@code refrain.second.passes} by route. Safe for use by
 * many threads.
 */
public final class QuestionMetrics {

  /** Why a record was suppressed. */
  public enum Suppressed {
    DUPLICATE_QUESTION,
    DUPLICATE_ENDING,
    STALE_RESULT,
    UNKNOWN_RESULT
  }

  private final MeterRegistry meters;

  public QuestionMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  void suppressed(Suppressed reason) {
    meters.counter("refrain.suppressed", "reason", reason.name()).increment();
  }

  void ended(String status) {
    meters.counter("refrain.ended", "status", status).increment();
  }

  void deadLetter(String stage) {
    meters.counter("refrain.dead.letters", "stage", stage).increment();
  }

  void secondPass(String route) {
    meters.counter("refrain.second.passes", "route", route).increment();
  }
}
