package dev.refrain.topology.cli;

import dev.refrain.topology.evaluate.BootstrapMean;
import dev.refrain.topology.evaluate.reading.ReadingSummary;
import java.util.List;
import java.util.Locale;

/** Prints what the readings of files came to. */
final class ReadingPrinter {
  private ReadingPrinter() {}

  static void print(Output output, List<ReadingSummary> summaries) {
    Table table =
        Table.headed(
            "file",
            "questions",
            "EM, 95 %",
            "F1, 95 %",
            "EM, answered",
            "declined",
            "cut",
            "answer cut",
            "questions/s");
    for (ReadingSummary summary : summaries) {
      output.value(summary);
      table.row(
          summary.file(),
          questions(summary),
          interval(summary.exactMatch()),
          interval(summary.f1()),
          decimal("%.4f", summary.exactMatchAnswered()),
          decimal("%.4f", summary.declined()),
          summary.cut(),
          summary.answersCut(),
          decimal("%.1f", summary.questionsPerSecond()));
    }
    output.table(table);
    summaries.stream()
        .filter(summary -> summary.unanswerable() > 0)
        .forEach(
            summary ->
                output.line(
                    "%s: %d questions without an answer were left out."
                        .formatted(summary.file(), summary.unanswerable())));
  }

  private static String questions(ReadingSummary summary) {
    return summary.questions() == summary.wanted()
        ? Integer.toString(summary.questions())
        : "%d of %d".formatted(summary.questions(), summary.wanted());
  }

  private static String interval(BootstrapMean mean) {
    return String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", mean.mean(), mean.low(), mean.high());
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
