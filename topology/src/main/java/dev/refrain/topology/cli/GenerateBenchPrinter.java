package dev.refrain.topology.cli;

import dev.refrain.topology.bench.GenerateResult;
import dev.refrain.topology.bench.GenerateResult.Speed;
import dev.refrain.topology.bench.Quartiles;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Prints what {@code bench generate} measured. */
final class GenerateBenchPrinter {
  private GenerateBenchPrinter() {}

  static void print(Output output, GenerateResult result) {
    output.value(result);
    output.line(
        "%s model: memory reads %s GB/s, products %s GFLOP/s"
            .formatted(
                result.model(),
                decimal("%.1f", result.readBytes() / 1e9),
                decimal("%.0f", result.operations() / 1e9)));
    output.table(shares(result));
    output.line("");
    output.table(speeds(result));
    output.line("");
  }

  private static Table shares(GenerateResult result) {
    Table table = Table.headed("measure", "value", "wanted");
    table.row(
        "decode, share of memory's speed (quartiles)",
        spread(result.decodeShare()),
        "at least 0.85");
    table.row(
        "prefill of 512 tokens, share of the product's speed (quartiles)",
        spread(result.prefillShare()),
        "at least 0.80");
    table.row(
        "16 requests in flight, tokens/s together",
        decimal("%.0f", result.median(round -> round.many().tokens())),
        "");
    OptionalDouble times = result.manyTimesBestPeer();
    table.row(
        "the same, times the best peer alone",
        times.isPresent() ? decimal("%.2f", times.getAsDouble()) : "no peer",
        "at least 6");
    table.row(
        "the same, share of time outside PyTorch",
        decimal("%.3f", result.median(round -> round.many().overhead())),
        "at most 0.05");
    table.row(
        "16 samples of one prompt, share of 16 requests in flight",
        decimal("%.2f", result.median(round -> round.many().forkShare())),
        "at most 0.25");
    table.row(
        "16 samples of one prompt, share of 16 requests in turn",
        decimal("%.2f", result.median(round -> round.many().forkShareInTurn())),
        "");
    Double loading = result.loadingShare();
    table.row(
        "peak of loading, share of the weights in float",
        loading == null ? "not told" : decimal("%.2f", loading),
        "at most 1.20");
    return table;
  }

  private static Table speeds(GenerateResult result) {
    Table table = Table.headed("engine", "prefill/s", "refrain x", "decode/s", "refrain x ");
    table.row(
        "refrain",
        decimal("%.0f", result.median(round -> round.own().prefill())),
        "",
        decimal("%.1f", result.median(round -> round.own().decode())),
        "");
    Stream.concat(result.precisions().stream(), result.peers().stream())
        .forEach(
            other ->
                table.row(
                    other,
                    decimal("%.0f", result.median(round -> round.of(other).prefill())),
                    decimal("%.2f", result.times(other, Speed::prefill)),
                    decimal("%.1f", result.median(round -> round.of(other).decode())),
                    decimal("%.2f", result.times(other, Speed::decode))));
    return table;
  }

  private static String spread(Quartiles shares) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f to %.2f)", shares.median(), shares.lower(), shares.upper());
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
