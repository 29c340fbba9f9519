package dev.refrain.topology.cli;

import dev.refrain.topology.evaluate.Baselines;
import dev.refrain.topology.evaluate.PairedBootstrap;
import dev.refrain.topology.evaluate.TopSentence;
import java.util.Locale;

/** Prints a policy beside what keeps it honest. */
final class BaselinesPrinter {
  private BaselinesPrinter() {}

  static void print(Output output, Baselines baselines, TopSentence sentence) {
    Table table =
        Table.headed(
            "exact match",
            "questions",
            "policy",
            "one pass",
            "two passes",
            "random",
            "policy - one pass, 95 %");
    for (Baselines.Line line : baselines.lines()) {
      table.row(
          line.kind(),
          line.questions(),
          share(line.policy()),
          share(line.onePass()),
          share(line.twoPasses()),
          share(line.random()),
          interval(line.gain()));
    }
    output.line("");
    output.table(table);
    output.line("");
    output.line(
        "Without a model, the best sentence of the first passage: exact match %s, F1 %s, holds the answer %s."
            .formatted(
                share(sentence.exactMatch()), share(sentence.f1()), share(sentence.contains())));
  }

  private static String interval(PairedBootstrap gain) {
    return String.format(
        Locale.ROOT, "%+.4f [%+.4f, %+.4f]", gain.difference(), gain.low(), gain.high());
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
