package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.worlds.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks for the dates of birth and death that stand in parentheses behind a person's name. */
final class LifeDates {
  private static final String[] BIRTH = {
    "When was %s born?",
    "On what date was %s born?",
    "What is the date of birth of %s?",
    "When did %s come into the world?",
    "What is %s's birthday?"
  };
  private static final String[] BIRTH_YEAR = {
    "When was %s born?",
    "In which year was %s born?",
    "In what year was %s born?",
    "What is the year of birth of %s?"
  };
  private static final String[] DEATH = {
    "When did %s die?",
    "On what date did %s die?",
    "What was the date of death of %s?",
    "When did the life of %s end?"
  };
  private static final String[] DEATH_YEAR = {
    "When did %s die?",
    "In which year did %s die?",
    "In what year did %s die?",
    "What was the year of death of %s?"
  };
  private static final int PLAIN = 3;

  private LifeDates() {}

  static @Nullable Draft ask(Topic topic, List<Token> sentence, Dice dice) {
    int open = indexOf(sentence, "(", 0);
    int close = indexOf(sentence, ")", 0);
    if (!topic.passage().person() || open < 0 || close < open || open > 8) {
      return null;
    }
    List<List<Token>> dates = dates(sentence.subList(open + 1, close));
    boolean born = sentence.get(open + 1).is("born");
    if (dates.size() != (born ? 1 : 2)) {
      return null;
    }
    boolean death = !born && dice.chance(0.5);
    List<Token> date = dates.get(death ? 1 : 0);
    boolean year = date.size() == 1;
    String[] forms = death ? year ? DEATH_YEAR : DEATH : year ? BIRTH_YEAR : BIRTH;
    int form = dice.below(forms.length);
    boolean direct = form < PLAIN - (year ? 0 : 1);
    String name = Token.join(Wording.plain(topic.mention()));
    return new Draft(
        forms[form].formatted(name),
        Token.join(Wording.plain(date)),
        direct ? Kind.DIRECT : Kind.PARAPHRASED,
        true,
        Set.of(death ? "die" : "bear", "born"));
  }

  private static int indexOf(List<Token> tokens, String mark, int from) {
    for (int i = from; i < tokens.size(); i++) {
      if (tokens.get(i).is(mark)) {
        return i;
      }
    }
    return -1;
  }

  private static List<List<Token>> dates(List<Token> tokens) {
    List<List<Token>> dates = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean comma =
          token.is(",") && start >= 0 && i + 1 < tokens.size() && tokens.get(i + 1).is(Tag.YEAR);
      boolean part = comma || token.is(Tag.NUMBER) || token.is(Tag.MONTH);
      if (part && start < 0) {
        start = i;
      }
      if (start >= 0 && token.is(Tag.YEAR)) {
        dates.add(tokens.subList(start, i + 1));
        start = -1;
      } else if (!part && start >= 0) {
        start = -1;
      }
    }
    return dates;
  }
}
