package dev.refrain.connectors.house.prose;

import org.jspecify.annotations.Nullable;

/**
 * The question words for an answer.
 *
 * @param text with a preposition where it takes that to the front
 * @param fronted whether the preposition does not stay behind
 */
record WhWords(String text, boolean fronted) {

  /** For the filler of a phrase with this preposition, empty for none; null where none fits. */
  static @Nullable WhWords of(Filler filler, String preposition, Dice dice) {
    return switch (filler.sort()) {
      case YEAR -> year(preposition, dice);
      case DATE -> date(preposition, dice);
      case COUNT -> count(filler, preposition);
      case MEASURE -> measure(filler, preposition, dice);
      case PERSON -> person(filler, preposition, dice);
      case PLACE -> place(filler, preposition, dice);
      case THING -> thing(filler, preposition, dice);
    };
  }

  private static @Nullable WhWords year(String preposition, Dice dice) {
    if (preposition.isEmpty()) {
      return null;
    }
    if (preposition.equals("in")) {
      return new WhWords(
          dice.pick("when", "when", "in which year", "in what year", "what year"), true);
    }
    if (preposition.equals("since")) {
      return new WhWords(dice.pick("since when", "since which year"), true);
    }
    String until = preposition.equals("to") ? "until" : preposition;
    return new WhWords(until + dice.pick(" which year", " what year"), true);
  }

  private static @Nullable WhWords date(String preposition, Dice dice) {
    return switch (preposition) {
      case "on" -> new WhWords(dice.pick("when", "when", "on what date", "on which day"), true);
      case "in", "during" -> new WhWords("when", true);
      case "since", "until" -> new WhWords(preposition + " when", true);
      default -> null;
    };
  }

  private static @Nullable WhWords count(Filler filler, String preposition) {
    return filler.noun().isEmpty()
        ? null
        : new WhWords(front(preposition) + "how many " + filler.noun(), true);
  }

  private static @Nullable WhWords measure(Filler filler, String preposition, Dice dice) {
    if (preposition.isEmpty()) {
      return new WhWords("how much", true);
    }
    if (filler.noun().equals(Filler.AGE)) {
      return preposition.equals("at") ? new WhWords("at what age", true) : null;
    }
    boolean time =
        filler
            .answer()
            .getLast()
            .lower()
            .matches("(second|minute|hour|day|week|month|year|century|centurie)s?");
    return preposition.equals("for") && time
        ? new WhWords(dice.pick("how long", "for how long"), true)
        : null;
  }

  private static WhWords person(Filler filler, String preposition, Dice dice) {
    boolean fronted = !preposition.isEmpty() && dice.chance(0.3);
    String who =
        filler.noun().isEmpty() || dice.chance(0.2)
            ? fronted ? "whom" : "who"
            : dice.pick("which ", "what ") + filler.noun();
    return new WhWords(fronted ? front(preposition) + who : who, fronted);
  }

  private static WhWords place(Filler filler, String preposition, Dice dice) {
    String noun = filler.noun().isEmpty() ? "place" : filler.noun();
    boolean where = dice.chance(filler.noun().isEmpty() ? 0.85 : 0.5);
    return switch (preposition) {
      case "in", "at", "on", "to" ->
          where
              ? new WhWords("where", true)
              : new WhWords(preposition + dice.pick(" which ", " what ") + noun, true);
      case "from" -> where ? new WhWords("where", false) : new WhWords("from which " + noun, true);
      case "" -> new WhWords(where ? "what" : "which " + noun, true);
      default ->
          dice.chance(0.5)
              ? new WhWords(preposition + dice.pick(" which ", " what ") + noun, true)
              : new WhWords(dice.pick("which ", "what ") + noun, false);
    };
  }

  private static WhWords thing(Filler filler, String preposition, Dice dice) {
    boolean named = !filler.noun().isEmpty();
    boolean fronted = !preposition.isEmpty() && dice.chance(named ? 0.6 : 0.25);
    String what = named ? dice.pick("which ", "what ") + filler.noun() : "what";
    return new WhWords(fronted ? front(preposition) + what : what, fronted);
  }

  private static String front(String preposition) {
    return preposition.isEmpty() ? "" : preposition + " ";
  }

  /** For the subject of a clause. */
  static String subject(Filler filler, Dice dice) {
    boolean person = filler.sort() == Filler.Sort.PERSON;
    if (filler.noun().isEmpty() || (person && dice.chance(0.3))) {
      return person ? "who" : "what";
    }
    return dice.pick("which ", "what ") + filler.noun();
  }
}
