package dev.refrain.connectors.house.worlds;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Numbers with their units, by the measures of {@code numbers.txt}: a range and ways of writing.
 * Thread-safe.
 */
final class Numbers {
  private static final double NEIGHBOUR = 0.35;
  private static final List<String> SMALL =
      List.of(
          "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve");
  private static final List<String> ORDINALS =
      List.of(
          "first",
          "second",
          "third",
          "fourth",
          "fifth",
          "sixth",
          "seventh",
          "eighth",
          "ninth",
          "tenth",
          "eleventh",
          "twelfth");
  private static final List<Month> MONTHS = List.of(Month.values());

  private record Measure(long low, long high, List<Wording> formats) {}

  private final Map<String, Measure> measures = new HashMap<>();

  Numbers() {
    for (Block block : Block.read("numbers.txt")) {
      block.entries().forEach((kind, lines) -> measures.put(kind, measure(lines.getFirst())));
    }
  }

  private static Measure measure(String line) {
    List<String> items = Block.items(line, "|");
    List<String> range = Block.items(items.getFirst(), "..");
    return new Measure(
        Long.parseLong(range.get(0)),
        Long.parseLong(range.get(1)),
        items.stream().skip(1).map(Wording::of).toList());
  }

  boolean has(String kind) {
    return measures.containsKey(kind);
  }

  /** A number of this measure, often near the exercise's last one. */
  String draw(String kind, Dice dice, Roster roster) {
    Measure measure = measures.get(kind);
    if (measure == null) {
      throw new IllegalArgumentException("no measure '%s'".formatted(kind));
    }
    Long last = roster.numbers().get(kind);
    long number =
        last != null && dice.chance(NEIGHBOUR)
            ? near(last, measure, dice)
            : anywhere(measure, dice);
    roster.numbers().put(kind, number);
    return write(number, kind, dice);
  }

  /** The given number, written as one of this measure. */
  String write(long number, String kind, Dice dice) {
    Measure measure = measures.get(kind);
    if (measure == null) {
      throw new IllegalArgumentException("no measure '%s'".formatted(kind));
    }
    return dice.pick(measure.formats()).fill(slot -> written(slot, number, dice));
  }

  private static long anywhere(Measure measure, Dice dice) {
    boolean even = measure.high() < 4 * measure.low();
    long number =
        even
            ? dice.between((int) measure.low(), (int) measure.high())
            : dice.spread(measure.low(), measure.high());
    return number > 5000 && !even && dice.chance(0.6) ? number / 100 * 100 : number;
  }

  /** Changes one digit, not the first. */
  private static long near(long last, Measure measure, Dice dice) {
    long step = 1;
    int digits = String.valueOf(last).length();
    for (int i = dice.below(Math.max(1, digits - 1)); i > 0; i--) {
      step *= 10;
    }
    return Math.clamp(
        last + step * dice.between(1, 9) * (dice.chance(0.5) ? 1 : -1),
        measure.low(),
        measure.high());
  }

  private static String written(String slot, long number, Dice dice) {
    return switch (slot) {
      case "{n" -> String.format(Locale.ROOT, "%,d", number);
      case "{y" -> Long.toString(number);
      case "{d" -> number / 10 + "." + number % 10;
      case "{w" -> number < SMALL.size() ? SMALL.get((int) number) : Long.toString(number);
      case "{o" -> ORDINALS.get((int) number - 1);
      case "{m" -> million(number, dice);
      case "{day" -> Integer.toString(dice.between(1, 28));
      case "{month" -> dice.pick(MONTHS).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "{next" -> Long.toString(number + dice.between(1, 1 + (int) number / 2));
      default -> throw new IllegalStateException("no way to write '%s'".formatted(slot));
    };
  }

  private static String million(long number, Dice dice) {
    if (number < 1_000_000 || dice.chance(0.2)) {
      return String.format(Locale.ROOT, "%,d", number);
    }
    long tenths = number / 100_000;
    return tenths % 10 == 0 || tenths > 400
        ? tenths / 10 + " million"
        : tenths / 10 + "." + tenths % 10 + " million";
  }
}
