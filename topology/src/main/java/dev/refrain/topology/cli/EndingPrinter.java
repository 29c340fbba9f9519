package dev.refrain.topology.cli;

import dev.refrain.topology.client.Ending;
import dev.refrain.topology.client.Evidence;
import java.util.List;
import java.util.Locale;

/** Prints how questions ended: one with its evidence, or many as rows. */
final class EndingPrinter {
  private static final int WIDTH = 100;

  private EndingPrinter() {}

  /**
   * One ending with its evidence, or a row for each of several; nothing where machines read.
   *
   * @param passages most passages of evidence to print of a single ending
   */
  static void print(Output output, List<Ending> endings, int passages) {
    if (endings.size() == 1) {
      print(output, endings.getFirst(), passages);
      return;
    }
    Table table = Table.headed("id", "answer", "confidence", "passes", "ms", "question");
    for (Ending ending : endings) {
      table.row(
          ending.id(),
          shortened(answer(ending), 40),
          number(ending.confidence()),
          ending.passes(),
          Math.round(ending.milliseconds()),
          shortened(ending.question(), 60));
    }
    output.table(table);
  }

  private static void print(Output output, Ending ending, int passages) {
    output.line(answer(ending));
    output.line("  " + circumstances(ending));
    List<Evidence> evidence = ending.evidence();
    int shown = Math.min(passages, evidence.size());
    for (int i = 0; i < shown; i++) {
      String title = evidence.get(i).title();
      String text = (title.isEmpty() ? "" : title + ": ") + evidence.get(i).text();
      output.line("  [%d] %s".formatted(i + 1, shortened(text, WIDTH)));
    }
    if (evidence.size() > shown && shown > 0) {
      output.line("  and %d more".formatted(evidence.size() - shown));
    }
  }

  /** The answer, or in brackets why there is none. */
  static String answer(Ending ending) {
    String text = ending.text();
    return switch (ending.status()) {
      case ANSWERED -> text == null ? "" : text.strip();
      case ABSTAINED -> "(no answer: " + ending.reason() + ")";
      case FAILED -> "(failed: " + ending.reason() + ")";
      case DEAD -> "(dead letter: " + ending.reason() + ")";
      case UNANSWERED -> "(unanswered: " + ending.reason() + ")";
    };
  }

  private static String circumstances(Ending ending) {
    return "confidence %s, %d pass%s, %d ms  (id %s)"
        .formatted(
            number(ending.confidence()),
            ending.passes(),
            ending.passes() == 1 ? "" : "es",
            Math.round(ending.milliseconds()),
            ending.id());
  }

  /** The text on one line, cut at a number of characters. */
  static String shortened(String text, int characters) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= characters
        ? line
        : line.substring(0, line.offsetByCodePoints(0, characters - 1)) + "…";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
