package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Verbs.Verb;
import dev.refrain.connectors.house.worlds.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts one question into words, into other ones where it paraphrases. Not thread-safe. */
final class Wording {
  private static final Set<String> PASSING =
      Set.of("then", "later", "soon", "also", "now", "still", "even");

  /** What "is in" tells as well, so that its absence proves nothing. */
  private static final Set<String> PLACING =
      Set.of("locate", "situate", "find", "lie", "base", "live", "stand");

  private static final double SWAP = 0.7;
  private static final int LONGEST = 24;
  private final Synonyms synonyms;
  private final boolean paraphrase;
  private final Dice dice;
  private boolean swapped;

  Wording(Synonyms synonyms, boolean paraphrase, Dice dice) {
    this.synonyms = synonyms;
    this.paraphrase = paraphrase;
    this.dice = dice;
  }

  /** These words, with a blank before them, some common ones swapped. */
  List<Token> words(List<Token> tokens) {
    List<Token> words = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean compound = i + 1 < tokens.size() && isNoun(token) && isNoun(tokens.get(i + 1));
      Token word = compound ? token : swap(token);
      if (!word.shown().equals(token.shown())) {
        fitArticle(words, word.shown());
      }
      words.add(words.isEmpty() ? spaced(word) : word);
    }
    return words;
  }

  /** "a" or "an" before another word. */
  private static void fitArticle(List<Token> before, String word) {
    if (!before.isEmpty() && (before.getLast().is("a") || before.getLast().is("an"))) {
      boolean vowel = "aeio".indexOf(word.charAt(0)) >= 0;
      before.set(before.size() - 1, before.getLast().shown(vowel ? "an" : "a"));
    }
  }

  private static boolean isNoun(Token token) {
    return token.is(Tag.NOUNLIKE) && !token.is(Tag.ADJECTIVE);
  }

  /** These words as they are, with a blank before them. */
  static List<Token> plain(List<Token> tokens) {
    List<Token> words = new ArrayList<>(tokens);
    if (!words.isEmpty()) {
      words.set(0, spaced(words.getFirst()));
    }
    return words;
  }

  /** The preposition of a phrase, in lower case. */
  static List<Token> preposition(Phrase phrase) {
    return phrase.preposition().isEmpty() ? List.of() : plain(phrase.prepositionText());
  }

  /** What stands between auxiliary and verb, without "then" and its like. */
  static List<Token> middle(Clause clause) {
    return plain(clause.middle().stream().filter(t -> !PASSING.contains(t.lower())).toList());
  }

  static List<Token> plain(String text) {
    List<Token> words = new ArrayList<>();
    for (String word : text.split(" ", -1)) {
      words.add(Token.of(word));
    }
    return words;
  }

  private static Token spaced(Token token) {
    return token.gap()
        ? token
        : new Token(token.text(), token.lower(), token.shown(), true, token.tags());
  }

  private Token swap(Token token) {
    boolean common = token.shown().equals(token.lower()) && !token.is(Tag.NAME);
    if (!paraphrase || !common || !dice.chance(SWAP)) {
      return token;
    }
    String other = synonyms.word(token.lower(), dice);
    if (other == null) {
      return token;
    }
    swapped = true;
    return token.shown(other);
  }

  /** The verb in this form, or another verb. */
  Token verb(Clause clause, Function<Verb, String> form) {
    Verb verb = clause.verb();
    boolean particle =
        !clause.phrases().isEmpty() && clause.phrases().getFirst().is(Phrase.Role.ADVERB);
    if (verb == null) {
      throw new IllegalArgumentException("verb is null, must be that of a clause with a verb");
    }
    if (paraphrase && !particle && dice.chance(SWAP)) {
      String other = synonyms.verb(verb, form, dice);
      if (other != null) {
        swapped = true;
        return Token.of(other);
      }
    }
    return Token.of(form.apply(verb));
  }

  @Nullable Draft draft(List<Token> question, Filler filler, boolean titled, Clause clause) {
    Kind kind = swapped ? Kind.PARAPHRASED : Kind.DIRECT;
    return draft(Token.join(question), filler, kind, titled, clause);
  }

  @Nullable Draft inverse(List<Token> question, Filler filler, Clause clause) {
    return draft(Token.join(question), filler, Kind.INVERSE, false, clause);
  }

  private static @Nullable Draft draft(
      String question, Filler filler, Kind kind, boolean titled, Clause clause) {
    String answer = Token.join(filler.answer());
    int words = question.split(" ", -1).length;
    if (words < 3 || words > LONGEST || question.contains(answer)) {
      return null;
    }
    return new Draft(capital(question) + "?", answer, kind, titled, stems(clause));
  }

  static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static Set<String> stems(Clause clause) {
    Set<String> stems = new HashSet<>();
    if (!clause.base().equals("be") && !clause.base().equals("have")) {
      stems.add(clause.base());
      if (clause.verb() != null) {
        stems.add(clause.verb().past());
        stems.add(clause.verb().participle());
      }
    }
    clause.subject().stream().filter(t -> t.is(Tag.RELATIONAL)).forEach(t -> stems.add(t.lower()));
    boolean bare =
        clause.isCopula()
            && (clause.phrases().isEmpty() || !clause.phrases().getFirst().first().is("the"));
    if (bare || PLACING.contains(clause.base())) {
      return stems.isEmpty() || !bare ? Set.of() : stems;
    }
    for (Phrase phrase : clause.phrases()) {
      for (Token token : phrase.words()) {
        if (stems.isEmpty() && token.is(Tag.NOUNLIKE) && !token.is(Tag.NAME)) {
          stems.add(token.lower());
        }
      }
    }
    return stems;
  }

  /** A whole form with the subject and, where it asks for it, the object filled in. */
  static @Nullable Draft rephrased(String form, List<Token> subject, Filler filler, Clause clause) {
    String mention = Token.join(plain(subject));
    String question =
        form.replace("{S}'s", mention + (mention.endsWith("s") ? "'" : "'s"))
            .replace("{S}", mention);
    boolean past =
        clause.auxiliary() != null
            ? clause.auxiliary().is("was") || clause.auxiliary().is("were")
            : clause.word() != null && clause.word().is(Tag.PAST);
    if (!past && question.contains(" did ")) {
      question = question.replace(" did ", " does ");
    }
    return draft(
        question.substring(0, question.length() - 1), filler, Kind.PARAPHRASED, true, clause);
  }
}
