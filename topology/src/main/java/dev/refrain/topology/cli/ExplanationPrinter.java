package dev.refrain.topology.cli;

import dev.refrain.topology.client.DecisionStep;
import dev.refrain.topology.client.Ending;
import dev.refrain.topology.client.Evidence;
import dev.refrain.topology.client.QuestionHistory.Explanation;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints how a question was decided: every decision with its numbers, then how it ended. */
final class ExplanationPrinter {
  private static final int WIDTH = 90;

  private ExplanationPrinter() {}

  static void print(Output output, Explanation explanation) {
    output.value(forMachines(explanation));
    explanation.ending().ifPresent(ending -> output.line(ending.question()));
    for (DecisionStep decision : explanation.decisions()) {
      output.line("");
      decision(output, decision);
    }
    output.line("");
    explanation
        .ending()
        .ifPresentOrElse(
            ending -> ending(output, ending), () -> output.line("The question has not ended."));
  }

  private static void decision(Output output, DecisionStep decision) {
    output.line("After pass %d: %s".formatted(decision.pass(), decision.action()));
    output.line("  because " + decision.reason());
    Table numbers = Table.headed("  signal", "value");
    new TreeMap<>(decision.signals())
        .forEach((name, value) -> numbers.row("  " + name, number(value)));
    output.table(numbers);
    Table thresholds = Table.headed("  threshold", "value");
    new TreeMap<>(decision.thresholds())
        .forEach((name, value) -> thresholds.row("  " + name, number(value)));
    output.table(thresholds);
    output.table(
        Table.plain()
            .row("  confidence", number(decision.confidence()))
            .row("  policy", decision.policy())
            .row("  price of compute", number(decision.price()))
            .row("  cost so far", Math.round(decision.milliseconds()) + " ms")
            .row("  work", decision.workId())
            .row("  decided at", decision.decidedAt()));
  }

  private static void ending(Output output, Ending ending) {
    output.line("Ended: " + EndingPrinter.answer(ending));
    Table table =
        Table.plain()
            .row("  confidence", number(ending.confidence()))
            .row("  passes", ending.passes())
            .row("  time", Math.round(ending.milliseconds()) + " ms")
            .row("  model time", Math.round(ending.cost().milliseconds()) + " ms")
            .row("  tokens", tokens(ending.cost()));
    new TreeMap<>(ending.digests()).forEach((name, digest) -> table.row("  " + name, digest));
    output.table(table);
    Table passages = Table.headed("  evidence", "score", "passage");
    for (Evidence passage : ending.evidence()) {
      passages.row(
          "  " + passage.id(),
          number(passage.score()),
          EndingPrinter.shortened(passage.title() + ": " + passage.text(), WIDTH));
    }
    output.line("");
    output.table(passages);
  }

  private static String tokens(Ending.Cost cost) {
    return "%d in prompts, %d generated".formatted(cost.promptTokens(), cost.generatedTokens());
  }

  private static Map<String, Object> forMachines(Explanation explanation) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("id", explanation.id());
    fields.put("decisions", explanation.decisions());
    explanation.ending().ifPresent(ending -> fields.put("ending", ending));
    return fields;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.3f", value);
  }
}
