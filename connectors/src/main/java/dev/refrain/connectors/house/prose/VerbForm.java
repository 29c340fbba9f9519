package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Verbs.Verb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for a phrase of a clause that has a verb other than "be". For one question. */
final class VerbForm {
  private final Clause clause;
  private final List<Token> subject;
  private final Wording wording;
  private final Dice dice;

  VerbForm(Clause clause, List<Token> subject, Wording wording, Dice dice) {
    this.clause = clause;
    this.subject = subject;
    this.wording = wording;
    this.dice = dice;
  }

  @Nullable List<Token> ask(int slot, Filler filler) {
    Phrase asked = clause.phrases().get(slot);
    List<Phrase> kept = Slots.kept(clause, slot, filler, dice);
    boolean agent = asked.prepositionText().equals("by") && isSimplePassive() && !filler.isTime();
    if (agent && filler.sort() != Filler.Sort.MEASURE && dice.chance(0.5)) {
      return agent(filler, asked, kept);
    }
    WhWords wh = WhWords.of(filler, asked.prepositionText(), dice);
    if (wh == null) {
      return null;
    }
    List<Token> question = new ArrayList<>();
    if (Questioner.cloze(dice) && !filler.isTime()) {
      question.addAll(wording.words(subject));
      finite(question);
      phrases(question, kept, asked, wh, true);
      return question;
    }
    question.addAll(Wording.plain(wh.text()));
    question.add(auxiliary());
    question.addAll(wording.words(subject));
    question.addAll(Wording.middle(clause));
    question.add(main());
    phrases(question, kept, asked, wh, false);
    return question;
  }

  private boolean isSimplePassive() {
    return clause.isPassive() && clause.middle().stream().noneMatch(token -> token.is(Tag.BE));
  }

  /** "Who founded X?" for "X was founded by". */
  private List<Token> agent(Filler filler, Phrase asked, List<Phrase> kept) {
    boolean past =
        clause.auxiliary() != null
            && (clause.auxiliary().is("was") || clause.auxiliary().is("were"));
    List<Token> question = new ArrayList<>(Wording.plain(WhWords.subject(filler, dice)));
    question.addAll(Wording.middle(clause));
    question.add(wording.verb(clause, past ? Verb::past : Verb::third));
    question.addAll(wording.words(subject));
    phrases(question, kept, asked, new WhWords("", true), false);
    return question;
  }

  private Token auxiliary() {
    if (clause.auxiliary() != null) {
      return Token.of(clause.auxiliary().lower());
    }
    boolean past = (clause.word() != null && clause.word().is(Tag.PAST)) || is("had");
    boolean third = (clause.word() != null && clause.word().is(Tag.THIRD)) || is("has");
    return Token.of(past ? "did" : third ? "does" : "do");
  }

  private boolean is(String word) {
    return clause.word() != null && clause.word().is(word);
  }

  private Token main() {
    Token auxiliary = clause.auxiliary();
    boolean be = clause.middle().stream().anyMatch(token -> token.is(Tag.BE));
    if (auxiliary == null || (auxiliary.is(Tag.MODAL) && !be)) {
      return wording.verb(clause, Verb::base);
    }
    boolean ing = clause.word() != null && clause.word().lower().endsWith("ing");
    return wording.verb(clause, ing ? Verb::ing : Verb::participle);
  }

  private void finite(List<Token> question) {
    if (clause.auxiliary() != null) {
      question.add(Token.of(clause.auxiliary().lower()));
      question.addAll(Wording.middle(clause));
    }
    if (clause.word() != null) {
      question.add(Token.of(clause.word().lower()));
    }
  }

  private void phrases(
      List<Token> question, List<Phrase> kept, Phrase asked, WhWords wh, boolean inPlace) {
    for (Phrase phrase : kept) {
      if (phrase.equals(asked)) {
        if (!wh.fronted()) {
          question.addAll(Wording.preposition(phrase));
        }
        if (inPlace) {
          question.addAll(Wording.plain(wh.text()));
        }
      } else {
        question.addAll(Wording.preposition(phrase));
        question.addAll(wording.words(phrase.whole()));
      }
    }
  }
}
