package dev.refrain.connectors.house.worlds;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How an article refers to its subject: by name at first, then by name, pronoun or description. Not
 * thread-safe.
 */
final class Reference {
  private static final Set<String> SLOTS =
      Set.of("{S", "{S's", "{P", "{N", "{he", "{his", "{him", "{himself");

  private enum Mode {
    NAME,
    BRIEF,
    PRONOUN,
    DESCRIPTION
  }

  private final Subject subject;
  private final Dice dice;
  private boolean introduced;
  private boolean afterOther;
  private Mode mode = Mode.NAME;

  Reference(Subject subject, Dice dice) {
    this.subject = subject;
    this.dice = dice;
  }

  /** Whether the slot speaks of the subject. */
  static boolean knows(String slot) {
    return SLOTS.contains(slot);
  }

  Subject subject() {
    return subject;
  }

  String sentence(Wording form, String prefix) {
    return sentence(form, prefix, "", "");
  }

  /** The whole sentence, capitalised. */
  String sentence(Wording form, String prefix, String value, String second) {
    chooseMode(form);
    boolean begins = prefix.isEmpty() && form.parts().getFirst().startsWith("{S");
    int[] position = {0};
    String text =
        form.fill(
            slot ->
                switch (slot) {
                  case "{O" -> value;
                  case "{O2" -> second;
                  default -> slot(slot, begins && position[0]++ == 0);
                });
    afterOther = form.startsWith("{O") || form.startsWith("{P");
    return English.capital(prefix.isEmpty() ? text : prefix + lower(form, text));
  }

  /** A sentence after a prefix: small, unless a name begins it. */
  private static String lower(Wording form, String text) {
    return form.parts().getFirst().startsWith("{")
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** Two forms that begin with the subject: by a relative clause, an apposition or "and". */
  String joined(Wording first, String value, Wording second, String secondValue) {
    chooseMode(first);
    afterOther = false;
    String begin = slot("{S", true);
    boolean pronounBegins = mode == Mode.PRONOUN;
    mode = Mode.PRONOUN;
    String one = predicate(first, value);
    String two = predicate(second, secondValue);
    boolean noun = one.startsWith("is a ") || one.startsWith("is an ") || one.startsWith("is the ");
    String pronoun = subject.type().person() ? "who" : "which";
    if (noun && !pronounBegins && dice.chance(0.6)) {
      return English.capital(begin + ", " + one.substring(3) + ", " + two + ".");
    }
    if (!pronounBegins && dice.chance(0.5)) {
      return English.capital(begin + ", " + pronoun + " " + one + ", " + two + ".");
    }
    return English.capital(
            begin
                + " "
                + one
                + (one.contains(" and ") || one.contains(",") ? ", and " : " and ")
                + two)
        + ".";
  }

  private String predicate(Wording form, String value) {
    String text = form.fill(1, slot -> slot.equals("{O") ? value : slot(slot)).strip();
    return text.substring(0, text.length() - 1);
  }

  private void chooseMode(Wording form) {
    if (!introduced) {
      mode = Mode.NAME;
      introduced = form.parts().stream().anyMatch(part -> part.startsWith("{S"));
      return;
    }
    List<Mode> modes =
        List.of(Mode.NAME, Mode.BRIEF, Mode.PRONOUN, Mode.PRONOUN, Mode.PRONOUN, Mode.DESCRIPTION);
    String next = form.parts().size() > 1 ? form.parts().get(1) : "";
    boolean nominal = next.startsWith(" is a ") || next.startsWith(" is the ");
    mode = dice.pick(modes.subList(0, afterOther || next.startsWith(",") ? 2 : nominal ? 5 : 6));
  }

  /** A slot that does not begin a sentence. */
  String slot(String slot) {
    return slot(slot, false);
  }

  private String slot(String slot, boolean begins) {
    return switch (slot) {
      case "{S" -> begins && mode == Mode.PRONOUN ? he() : noun();
      case "{S's" -> mode == Mode.PRONOUN ? his() : noun() + "'s";
      case "{P" -> English.plural(subject.name().full());
      case "{N" -> subject.name().full();
      case "{he" -> he();
      case "{his" -> his();
      case "{him" -> subject.type().person() ? (subject.name().female() ? "her" : "him") : "it";
      case "{himself" ->
          subject.type().person() ? (subject.name().female() ? "herself" : "himself") : "itself";
      default ->
          throw new IllegalArgumentException("no slot '%s}', there are %s".formatted(slot, SLOTS));
    };
  }

  private String noun() {
    return switch (mode) {
      case NAME -> subject.name().mention();
      case BRIEF, PRONOUN ->
          subject.type().person() ? subject.name().brief() : subject.name().mention();
      case DESCRIPTION -> "the " + dice.pick(subject.type().called());
    };
  }

  private String he() {
    return subject.type().person() ? (subject.name().female() ? "she" : "he") : "it";
  }

  private String his() {
    return subject.type().person() ? (subject.name().female() ? "her" : "his") : "its";
  }
}
