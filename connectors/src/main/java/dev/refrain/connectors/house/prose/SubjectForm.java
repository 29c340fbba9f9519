package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Phrase.Role;
import dev.refrain.connectors.house.prose.Verbs.Verb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for the subject of a clause. For one question. */
final class SubjectForm {
  private final Clause clause;
  private final Wording wording;
  private final Dice dice;

  SubjectForm(Clause clause, Wording wording, Dice dice) {
    this.clause = clause;
    this.wording = wording;
    this.dice = dice;
  }

  /**
   * @param title whether the answer is the article's title
   */
  @Nullable List<Token> ask(Topic topic, Filler filler, boolean title) {
    List<Phrase> kept = new ArrayList<>(Slots.kept(clause, -1, filler, dice));
    kept.removeIf(phrase -> topic.isIn(phrase.words()) && title);
    boolean telling =
        kept.stream()
            .flatMap(phrase -> phrase.words().stream())
            .anyMatch(token -> token.is(Tag.NAME) || token.is(Tag.NUMBER));
    if (kept.isEmpty() || (title && !telling)) {
      return null;
    }
    List<Token> question = new ArrayList<>();
    Phrase first = kept.getFirst();
    boolean indefinite = first.first().is("a") || first.first().is("an");
    boolean complement = clause.isCopula() && (first.is(Role.OBJECT) || first.is(Role.LIST));
    if (complement && !title && !isDefinite(filler, first)) {
      return null;
    }
    if (complement && indefinite) {
      if (kept.size() == 1) {
        return null;
      }
      question.addAll(Wording.plain(dice.pick("which", "what")));
      question.addAll(wording.words(first.words().subList(1, first.words().size())));
      kept.removeFirst();
    } else {
      question.addAll(Wording.plain(WhWords.subject(filler, dice)));
    }
    verbs(question);
    for (Phrase phrase : kept) {
      question.addAll(Wording.preposition(phrase));
      question.addAll(wording.words(phrase.whole()));
    }
    return question;
  }

  /** "The capital is X" asks for no capital, "X is the capital" does for X. */
  private static boolean isDefinite(Filler filler, Phrase complement) {
    return filler.answer().stream().allMatch(token -> token.is(Tag.NAME))
        && complement.first().is("the");
  }

  private void verbs(List<Token> question) {
    if (clause.auxiliary() != null) {
      boolean have = clause.auxiliary().is("have");
      question.add(Token.of(have ? "has" : clause.auxiliary().lower()));
    }
    question.addAll(Wording.middle(clause));
    Token word = clause.word();
    if (word == null) {
      return;
    }
    if (clause.auxiliary() != null) {
      boolean ing = word.lower().endsWith("ing");
      boolean base =
          clause.auxiliary().is(Tag.MODAL)
              && clause.middle().stream().noneMatch(token -> token.is(Tag.BE));
      question.add(wording.verb(clause, base ? Verb::base : ing ? Verb::ing : Verb::participle));
    } else {
      boolean past = word.is(Tag.PAST) || word.is("had");
      question.add(wording.verb(clause, past ? Verb::past : Verb::third));
    }
  }
}
