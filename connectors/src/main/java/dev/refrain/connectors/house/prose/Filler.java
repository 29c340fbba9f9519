package dev.refrain.connectors.house.prose;

import java.util.List;
import java.util.Set;

/**
 * What an answer is.
 *
 * @param sort decides on the question word
 * @param noun what is asked for: "city", "German composer", "children"; may be empty
 * @param answer its tokens, without article
 */
record Filler(Sort sort, String noun, List<Token> answer) {
  private static final int LONGEST = 6;

  private static final Set<String> VAGUE =
      Set.of("time", "times", "period", "while", "way", "lot", "most", "fact");

  /** The noun of an age. */
  static final String AGE = "age";

  enum Sort {
    PERSON,
    PLACE,
    YEAR,
    DATE,
    COUNT,
    MEASURE,
    THING
  }

  boolean isTime() {
    return sort == Sort.YEAR || sort == Sort.DATE;
  }

  boolean isUsable() {
    return !answer.isEmpty()
        && answer.size() <= LONGEST
        && !NounPhrases.refersBack(answer)
        && (answer.size() == 1 || !isTrailing(answer.getLast()))
        && answer.stream().noneMatch(Filler::isBroken);
  }

  /** The adjective of "makes tea sweet". */
  private static boolean isTrailing(Token last) {
    return last.is(Tag.ADJECTIVE) && !last.is(Tag.NOUNLIKE) && !last.is(Tag.NAME);
  }

  private static boolean isBroken(Token token) {
    return token.is(Tag.POSSESSIVE)
        || (token.is(Tag.PUNCTUATION) && !token.is(",") && !token.is("-"));
  }

  /** Looks into a noun phrase. */
  static Filler of(List<Token> words, Gazetteer gazetteer) {
    int start = 0;
    while (start < words.size() && isOpening(words.get(start))) {
      start++;
    }
    List<Token> core = words.subList(start, words.size());
    boolean pointed =
        start > 0 && (words.getFirst().is(Tag.POSSESSIVE) || words.getFirst().is("the"));
    boolean owned = pointed && core.size() == 1;
    if (core.isEmpty() || (owned && !core.getFirst().is(Tag.NAME))) {
      return new Filler(Sort.THING, "", List.of());
    }
    boolean age = core.getFirst().is("age") && core.getLast().is(Tag.NUMBER);
    if (age && core.size() <= 3) {
      return new Filler(Sort.MEASURE, AGE, core.subList(core.size() - 1, core.size()));
    }
    if (core.size() == 2 && core.getFirst().is("year") && core.getLast().is(Tag.YEAR)) {
      return new Filler(Sort.YEAR, "", core.subList(1, 2));
    }
    if (core.stream().anyMatch(Filler::isMonth)) {
      return new Filler(Sort.DATE, "", date(core));
    }
    boolean dated = core.getFirst().is(Tag.YEAR) && core.size() > 1 && core.getLast().is(Tag.NAME);
    if (dated) {
      return name(core.subList(1, core.size()), gazetteer);
    }
    if (core.getFirst().is(Tag.NUMBER) && !core.getFirst().is(Tag.NAME)) {
      return number(core);
    }
    return name(core, gazetteer);
  }

  private static boolean isOpening(Token token) {
    return token.is(Tag.DETERMINER)
        || token.is(Tag.POSSESSIVE)
        || (token.is(Tag.QUANTIFIER) && !token.is(Tag.NAME));
  }

  private static boolean isMonth(Token token) {
    return token.is(Tag.MONTH) && Character.isUpperCase(token.text().charAt(0));
  }

  private static List<Token> date(List<Token> core) {
    int end = 0;
    while (end < core.size() && isDatePart(core.get(end))) {
      end++;
    }
    return end > 0 && core.get(end - 1).is(",") ? core.subList(0, end - 1) : core.subList(0, end);
  }

  private static boolean isDatePart(Token token) {
    return isMonth(token) || token.is(",") || token.is(Tag.NUMBER);
  }

  private static Filler number(List<Token> core) {
    int end = 1;
    while (end < core.size() && core.get(end).is(Tag.NUMBER)) {
      end++;
    }
    List<Token> rest = core.subList(end, core.size());
    boolean hyphen = !rest.isEmpty() && !Character.isLetter(rest.getFirst().text().charAt(0));
    if (core.getFirst().is("one") || hyphen) {
      return new Filler(Sort.THING, "", List.of());
    }
    if (core.getFirst().is(Tag.YEAR)) {
      return new Filler(Sort.YEAR, "", core.size() == 1 ? core : List.of());
    }
    String first = core.getFirst().text();
    boolean ordinal = Character.isDigit(first.charAt(0)) && first.matches(".*[a-z]");
    if (ordinal) {
      return new Filler(first.endsWith("s") ? Sort.DATE : Sort.THING, "", core);
    }
    if (!rest.isEmpty() && rest.stream().allMatch(token -> token.is(Tag.UNIT))) {
      return new Filler(Sort.MEASURE, "", core);
    }
    boolean unit = !rest.isEmpty() && rest.getFirst().is(Tag.UNIT);
    return new Filler(unit ? Sort.THING : Sort.COUNT, question(rest), core.subList(0, end));
  }

  private static Filler name(List<Token> core, Gazetteer gazetteer) {
    int run = core.size();
    while (run > 0 && core.get(run - 1).is(Tag.NAME)) {
      run--;
    }
    if (run == core.size()) {
      boolean vague = VAGUE.contains(core.getLast().lower()) || core.getLast().is(Tag.UNIT);
      boolean place = core.size() < 3 && gazetteer.isPlace(core.getLast().lower());
      return new Filler(place ? Sort.PLACE : Sort.THING, "", vague ? List.of() : core);
    }
    List<Token> name = core.subList(run, core.size());
    List<Token> before = core.subList(0, run);
    if (before.stream().anyMatch(token -> token.is(Tag.PREPOSITION) && !token.is("of"))) {
      return new Filler(Sort.THING, "", List.of());
    }
    boolean state =
        before.size() > 1
            && before.getLast().is("of")
            && gazetteer.isPlace(before.get(before.size() - 2).lower())
            && before.stream().filter(token -> token.is("of")).count() == 1;
    if (state) {
      return new Filler(Sort.PLACE, question(before.subList(0, run - 1)), name);
    }
    if (before.stream()
        .anyMatch(token -> token.is("of") || token.is("'s") || token.is(Tag.NUMBER))) {
      return new Filler(Sort.THING, "", core);
    }
    if (!before.isEmpty()) {
      String noun = before.getLast().lower();
      Sort sort =
          gazetteer.isPersonKind(noun)
              ? Sort.PERSON
              : gazetteer.isPlace(noun) ? Sort.PLACE : Sort.THING;
      return new Filler(sort, question(before), name);
    }
    String kind = gazetteer.kind(name);
    Sort sort =
        kind.equals(Gazetteer.PERSON)
            ? Sort.PERSON
            : gazetteer.isPlace(kind) ? Sort.PLACE : Sort.THING;
    return new Filler(sort, sort == Sort.PERSON ? "" : kind, name);
  }

  private static String question(List<Token> words) {
    return Token.join(words);
  }
}
