package dev.refrain.topology.cli;

import dev.refrain.topology.evaluate.Summary;
import java.util.Locale;

/** Prints what an evaluation came to. */
final class SummaryPrinter {
  private SummaryPrinter() {}

  static void print(Output output, Summary summary) {
    Table table = Table.plain();
    table.row("questions", summary.questions());
    table.row("answered", summary.answered());
    table.row("abstained", summary.abstained());
    table.row("failed", summary.failed());
    table.row("exact match", share(summary.exactMatch()));
    table.row("exact match, answered", share(summary.exactMatchAnswered()));
    table.row("F1", share(summary.f1()));
    table.row("recall at reader's input", share(summary.recall()));
    table.row("passes", decimal("%.2f", summary.passes()));
    table.row("accelerator ms", decimal("%.1f", summary.acceleratorMilliseconds()));
    table.row("latency p50 ms", decimal("%.0f", summary.latency().p50()));
    table.row("latency p95 ms", decimal("%.0f", summary.latency().p95()));
    table.row("latency p99 ms", decimal("%.0f", summary.latency().p99()));
    table.row("questions a second", decimal("%.1f", summary.questionsPerSecond()));
    output.table(table);
    if (!summary.kinds().isEmpty()) {
      output.line("");
      output.table(kinds(summary));
    }
  }

  private static Table kinds(Summary summary) {
    Table table =
        Table.headed("kind", "questions", "answered", "abstained", "EM", "F1", "recall", "passes");
    summary
        .kinds()
        .forEach(
            (name, kind) ->
                table.row(
                    name,
                    kind.questions(),
                    kind.answered(),
                    kind.abstained(),
                    share(kind.exactMatch()),
                    share(kind.f1()),
                    share(kind.recall()),
                    decimal("%.2f", kind.passes())));
    return table;
  }

  private static String share(double value) {
    return decimal("%.4f", value);
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
