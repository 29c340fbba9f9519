package dev.refrain.topology.cli;

import dev.refrain.topology.bench.SoakResult;
import dev.refrain.topology.bench.SoakResult.Growth;
import dev.refrain.topology.bench.SoakResult.Requests;
import dev.refrain.topology.bench.SoakResult.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Prints what {@code bench soak} saw. */
final class SoakPrinter {
  private static final double MIB = 1 << 20;

  private SoakPrinter() {}

  /** Something that is looked at. */
  private record Measure(String title, String field, ToDoubleFunction<Sample> of) {}

  static void print(Output output, SoakResult result) {
    List<Measure> measures = measures(result);
    output.value(fields(result, measures));
    Table growths =
        Table.headed(
            "measure", "first quarter", "last quarter", "growth", "growth %", "an hour", "+/-");
    for (Measure measure : measures) {
      result.growth(measure.of()).ifPresent(growth -> growths.row(cells(measure, growth)));
    }
    output.table(growths);
    output.line("");
    output.table(totals(result));
  }

  private static List<Measure> measures(SoakResult result) {
    List<Measure> measures = new ArrayList<>();
    if (result.samples().stream().allMatch(sample -> sample.resident() != null)) {
      measures.add(
          new Measure(
              "resident memory, MiB",
              "residentMebibytes",
              sample -> Objects.requireNonNull(sample.resident()) / MIB));
    }
    measures.add(new Measure("Java heap, MiB", "heapMebibytes", sample -> sample.heap() / MIB));
    measures.add(new Measure("arrays of the engine", "arrays", Sample::arrays));
    measures.add(
        new Measure("keys and values, MiB", "kvMebibytes", sample -> sample.kvBytes() / MIB));
    return measures;
  }

  private static Object[] cells(Measure measure, Growth growth) {
    return new Object[] {
      measure.title(),
      decimal("%.2f", growth.first()),
      decimal("%.2f", growth.last()),
      decimal("%.2f", growth.absolute()),
      decimal("%.2f", 100 * growth.relative()),
      decimal("%.2f", growth.perHour().slope()),
      decimal("%.2f", growth.perHour().standardError())
    };
  }

  private static Table totals(SoakResult result) {
    Requests requests = result.requests();
    Table table = Table.plain();
    table.row("minutes", decimal("%.1f", result.seconds() / 60));
    table.row("requests", "%,d".formatted(requests.submitted()));
    table.row("to their end", "%,d".formatted(requests.completed()));
    table.row("at their deadline", "%,d".formatted(requests.expired()));
    table.row("cancelled", "%,d".formatted(requests.cancelled()));
    table.row("refused", "%,d".formatted(requests.refused()));
    table.row("behind the soft prompt", "%,d".formatted(requests.prompted()));
    table.row("with several samples", "%,d".formatted(requests.forked()));
    table.row("held to spans", "%,d".formatted(requests.constrained()));
    table.row("new tokens/s", decimal("%.0f", result.newTokens() / result.seconds()));
    table.row("prompt tokens/s", decimal("%.0f", result.promptTokens() / result.seconds()));
    table.row("fewest requests waiting", "%,d".formatted(result.fewestWaiting()));
    table.row("arrays before, nothing running", "%,d".formatted(result.idleArrays()));
    table.row("arrays after, nothing running", "%,d".formatted(result.arraysLeft()));
    return table;
  }

  private static Map<String, Object> fields(SoakResult result, List<Measure> measures) {
    Map<String, Object> growths = new LinkedHashMap<>();
    for (Measure measure : measures) {
      result.growth(measure.of()).ifPresent(growth -> growths.put(measure.field(), fields(growth)));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seconds", result.seconds());
    fields.put("requests", result.requests());
    fields.put("newTokensPerSecond", result.newTokens() / result.seconds());
    fields.put("promptTokensPerSecond", result.promptTokens() / result.seconds());
    fields.put("fewestWaiting", result.fewestWaiting());
    fields.put("idleArrays", result.idleArrays());
    fields.put("arraysLeft", result.arraysLeft());
    fields.put("growth", growths);
    fields.put("samples", result.samples());
    return fields;
  }

  private static Map<String, Object> fields(Growth growth) {
    return Map.of(
        "firstQuarter", growth.first(),
        "lastQuarter", growth.last(),
        "absolute", growth.absolute(),
        "relative", growth.relative(),
        "slopePerHour", growth.perHour().slope(),
        "slopeStandardError", growth.perHour().standardError());
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
