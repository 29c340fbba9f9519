package dev.refrain.connectors.house.prose;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The subject of an article as an exercise names it.
 *
 * @param passage what is told of it
 * @param title its tokens
 * @param mention the title as it stands within a sentence, with an article where it has one
 */
record Topic(Passage passage, List<Token> title, List<Token> mention) {
  private static final int LONGEST = 8;
  private static final Set<String> GROUPS =
      Set.of(
          "band", "group", "team", "duo", "trio", "family", "people", "tribe", "club", "species");

  static Topic of(Passage passage, List<Token> title, List<Token> first) {
    int n = title.size();
    Token opening = first.getFirst();
    boolean article = opening.is("the") || opening.is("a") || opening.is("an");
    boolean same = article && first.size() > n + 1 && matches(first.subList(1, n + 1), title);
    if (!same || title.getFirst().is("the")) {
      return new Topic(passage, title, Wording.plain(lowered(title)));
    }
    List<Token> mention = new java.util.ArrayList<>();
    mention.add(opening.shown(opening.shown().toLowerCase(java.util.Locale.ROOT)));
    mention.addAll(lowered(first.subList(1, n + 1)));
    return new Topic(passage, title, Wording.plain(mention));
  }

  private static boolean matches(List<Token> words, List<Token> title) {
    for (int i = 0; i < title.size(); i++) {
      if (!words.get(i).is(title.get(i).lower())) {
        return false;
      }
    }
    return true;
  }

  /** With a small first letter unless it is a name. */
  static List<Token> lowered(List<Token> words) {
    Token first = words.getFirst();
    if (first.is(Tag.NAME) || first.is(Tag.MONTH)) {
      return words;
    }
    List<Token> lowered = new java.util.ArrayList<>(words);
    String shown = first.shown();
    lowered.set(0, first.shown(Character.toLowerCase(shown.charAt(0)) + shown.substring(1)));
    return lowered;
  }

  /**
   * The words for a subject within a question, or null where it is not clear what they refer to.
   */
  @Nullable List<Token> subject(List<Token> words) {
    Token first = words.getFirst();
    if (words.size() == 1 && first.is(Tag.PRONOUN)) {
      return pronoun(first) ? mention : null;
    }
    if (NounPhrases.refersBack(words) || words.size() > LONGEST) {
      return null;
    }
    if (isTitle(words)) {
      return mention;
    }
    if (first.is(Tag.POSSESSIVE)) {
      boolean person = first.is("his") || first.is("her");
      boolean ours = person == passage.person() && !first.is("their");
      return ours && words.stream().filter(t -> t.is(Tag.POSSESSIVE)).count() == 1
          ? possessed(words.subList(1, words.size()))
          : null;
    }
    if (words.stream().anyMatch(token -> token.is(Tag.POSSESSIVE))) {
      return null;
    }
    boolean named = words.stream().anyMatch(token -> token.is(Tag.NAME));
    if (first.is("the") && !named) {
      return definite(words);
    }
    return isBare(words) ? null : lowered(words);
  }

  /** "Actress, X, played": one common noun without article. */
  private static boolean isBare(List<Token> words) {
    return words.stream().noneMatch(t -> t.is(Tag.NAME) || t.is(Tag.DETERMINER))
        && !NounPhrases.isPlural(words.getLast())
        && words.size() == 1;
  }

  private @Nullable List<Token> definite(List<Token> words) {
    Token last = words.getLast();
    if (words.size() == 2 && last.is(passage.kind())) {
      return mention;
    }
    if (words.size() <= 3 && last.is(Tag.RELATIONAL)) {
      List<Token> whole = new java.util.ArrayList<>(lowered(words));
      whole.add(Token.of("of"));
      whole.addAll(mention);
      return whole;
    }
    return null;
  }

  private List<Token> possessed(List<Token> rest) {
    List<Token> whole = new java.util.ArrayList<>(mention);
    boolean s = mention.getLast().shown().endsWith("s");
    whole.add(new Token("'s", "'s", s ? "'" : "'s", false, Set.of()));
    whole.addAll(rest);
    return whole;
  }

  private boolean pronoun(Token pronoun) {
    return switch (pronoun.lower()) {
      case "he", "she" -> passage.person();
      case "it" -> !passage.person();
      case "they" -> GROUPS.contains(passage.kind()) && !mention.getFirst().is("a");
      default -> false;
    };
  }

  /** Whether the words are the title, a longer form of a person's name, or the surname. */
  boolean isTitle(List<Token> words) {
    List<Token> bare =
        words.size() > 1 && words.getFirst().is(Tag.DETERMINER)
            ? words.subList(1, words.size())
            : words;
    if (bare.size() == title.size() && matches(bare, title)) {
      return true;
    }
    boolean names = bare.stream().allMatch(token -> token.is(Tag.NAME) && !token.is(Tag.GENERIC));
    boolean last = bare.stream().anyMatch(token -> token.is(title.getLast().lower()));
    boolean first = bare.size() == 1 && bare.getFirst().is(title.getFirst().lower());
    return names && (passage.person() ? last || first : last && bare.size() == 1);
  }

  /** Whether the words contain the title. */
  boolean isIn(List<Token> words) {
    boolean article = mention.getFirst().is(Tag.DETERMINER) && mention.size() > 1;
    List<Token> bare = article ? mention.subList(1, mention.size()) : mention;
    return Token.join(words).contains(Token.join(bare));
  }
}
