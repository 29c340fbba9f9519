package dev.refrain.topology.cli;

import java.util.List;
import java.util.Locale;

/** Large numbers with the prefix that makes them short: thousands, not powers of two. */
final class Amounts {
  private static final List<String> METRIC = List.of("", "k", "M", "G", "T", "P", "E");
  private static final List<String> COUNTED = List.of("", "K", "M", "B", "T");

  private Amounts() {}

  /** {@code 4.9 GB}. */
  static String bytes(long bytes) {
    return of(bytes, " ", METRIC) + "B";
  }

  /** {@code 1.1B}, as parameters are counted. */
  static String count(long count) {
    return of(count, "", COUNTED);
  }

  private static String of(long amount, String gap, List<String> prefixes) {
    double shown = amount;
    int prefix = 0;
    while (shown >= 999.95 && prefix < prefixes.size() - 1) {
      shown /= 1000;
      prefix++;
    }
    String number = prefix == 0 ? Long.toString(amount) : String.format(Locale.ROOT, "%.1f", shown);
    return number + gap + prefixes.get(prefix);
  }
}
