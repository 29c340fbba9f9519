package dev.refrain.connectors.house.worlds;

import java.util.List;

/** Draws what facts say, by kind: a number, a common word or phrase, or a name. Thread-safe. */
final class Values {
  private static final int TRIES = 40;
  private static final List<String> INVENTED_KINDS =
      List.of("person", "city", "year", "thing", "count", "product", "country", "colour", "km");

  private final Names names;
  private final Numbers numbers;
  private final Words words;

  Values(Names names, Numbers numbers, Words words) {
    this.names = names;
    this.numbers = numbers;
    this.words = words;
  }

  Names names() {
    return names;
  }

  /** What an invented relation may say. */
  String inventedKind(Dice dice) {
    return dice.pick(INVENTED_KINDS);
  }

  /**
   * A value that the exercise has not seen, or a repeated one where the kind is exhausted.
   *
   * @param kind one or more kinds, separated by {@code |}
   * @param subject whose value it is
   */
  Value draw(String kind, Subject subject, Dice dice, Roster roster) {
    String one = kind.indexOf('|') < 0 ? kind : dice.pick(Block.items(kind, "|"));
    if (names.has(one)) {
      return Value.of(names.invent(one, dice, roster), one);
    }
    String text = text(one, subject, dice, roster);
    for (int i = 0; i < TRIES && !roster.take(text); i++) {
      text = text(one, subject, dice, roster);
    }
    return Value.of(text);
  }

  private String text(String kind, Subject subject, Dice dice, Roster roster) {
    return switch (kind) {
      case "birth" -> numbers.write(subject.era(), dice.chance(0.6) ? "year" : "date", dice);
      case "death" ->
          numbers.write(
              subject.era() + dice.between(28, 91), dice.chance(0.6) ? "year" : "date", dice);
      case "deed" -> Integer.toString(subject.era() + dice.between(19, 60));
      case "symbol" -> symbol(subject.name().full(), dice);
      default -> {
        if (numbers.has(kind)) {
          yield numbers.draw(kind, dice, roster);
        }
        String word = words.draw(kind, dice);
        yield words.isDefinite(kind) ? "the " + word : word;
      }
    };
  }

  private static String symbol(String name, Dice dice) {
    char first = dice.chance(0.7) ? name.charAt(0) : (char) ('a' + dice.below(26));
    String symbol = English.capital(String.valueOf(first));
    char second = name.charAt(1 + dice.below(name.length() - 1));
    return dice.chance(0.2) || !Character.isLetter(second) ? symbol : symbol + second;
  }
}
