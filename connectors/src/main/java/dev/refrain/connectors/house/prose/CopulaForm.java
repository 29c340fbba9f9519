package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Filler.Sort;
import dev.refrain.connectors.house.prose.Phrase.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks for a phrase of a clause whose verb is "be". For one question. */
final class CopulaForm {
  private static final Set<String> PLACES = Set.of("in", "on", "at", "near");
  private final Clause clause;
  private final List<Token> subject;
  private final Wording wording;
  private final Dice dice;

  CopulaForm(Clause clause, List<Token> subject, Wording wording, Dice dice) {
    this.clause = clause;
    this.subject = subject;
    this.wording = wording;
    this.dice = dice;
  }

  @Nullable List<Token> ask(Topic topic, int slot, Filler filler) {
    Phrase asked = clause.phrases().get(slot);
    if (asked.is(Role.OBJECT)) {
      return slot == 0 ? complement(topic, asked, filler) : null;
    }
    Phrase complement = clause.phrases().getFirst();
    boolean adjective = complement.is(Role.ADJECTIVE);
    boolean empty = adjective && clause.subject().getFirst().is("it");
    if (empty || (slot > 0 && !adjective && !topic.mention().equals(subject))) {
      return null;
    }
    boolean from = asked.prepositionText().equals("from");
    if (topic.passage().person() && slot > 0 && isIndefinite(complement) && !from) {
      return null;
    }
    boolean bare = slot == 0 || isIndefinite(complement);
    if (bare && !isPlain(asked, filler, slot)) {
      return null;
    }
    boolean common = filler.sort() == Sort.THING && !filler.answer().getFirst().is(Tag.NAME);
    boolean second = slot > 0 && complement.is(Role.PREPOSITIONAL);
    if (second || (common && slot > 0 && complement.is(Role.OBJECT))) {
      return null;
    }
    WhWords wh = WhWords.of(filler, asked.prepositionText(), dice);
    if (wh == null || complement.is(Role.OPAQUE) || (complement.is(Role.LIST) && slot > 0)) {
      return null;
    }
    List<Token> question = start(wh.text());
    if (!bare) {
      question.addAll(Wording.preposition(complement));
      question.addAll(wording.words(complement.words()));
    }
    if (!wh.fronted()) {
      question.addAll(Wording.preposition(asked));
    }
    return question;
  }

  /** Whether "Where is X?" says enough. */
  private static boolean isPlain(Phrase asked, Filler filler, int slot) {
    boolean place = filler.sort() == Sort.PLACE && PLACES.contains(asked.prepositionText());
    return place
        || (asked.prepositionText().equals("from") && filler.sort() == Sort.PLACE)
        || (slot == 0 && filler.isTime());
  }

  private static boolean isIndefinite(Phrase complement) {
    return complement.is(Role.OBJECT)
        && (complement.first().is("a")
            || complement.first().is("an")
            || complement.first().is("one"));
  }

  private List<Token> start(String wh) {
    List<Token> question = new ArrayList<>(Wording.plain(wh));
    if (clause.auxiliary() != null) {
      question.add(Token.of(clause.auxiliary().lower()));
    }
    question.addAll(wording.words(subject));
    question.addAll(Wording.middle(clause));
    return question;
  }

  private @Nullable List<Token> complement(Topic topic, Phrase asked, Filler filler) {
    if (!asked.tail().isEmpty() && asked.tail().getFirst().is(Tag.DIMENSION)) {
      return start("how " + asked.tail().getFirst().lower());
    }
    boolean title = topic.mention().equals(subject);
    boolean relational = subject.stream().anyMatch(token -> token.is(Tag.RELATIONAL));
    boolean common = subject.stream().anyMatch(token -> token.is(Tag.NOUNLIKE)) || relational;
    boolean loose =
        asked.words().size() == 1 && !asked.first().is(Tag.NAME) && !asked.first().is(Tag.NUMBER);
    if (isIndefinite(asked) || title || !common || loose) {
      return null;
    }
    boolean number = filler.sort() == Sort.COUNT && filler.noun().isEmpty();
    if (filler.isTime() || (number ? !relational : filler.sort() == Sort.COUNT)) {
      return null;
    }
    String wh =
        switch (filler.sort()) {
          case PERSON -> "who";
          case PLACE, THING ->
              filler.noun().isEmpty() || dice.chance(0.5) ? "what" : "which " + filler.noun();
          default -> "what";
        };
    List<Token> question = start(wh);
    for (Phrase phrase : Slots.kept(clause, 0, filler, dice)) {
      if (!phrase.equals(asked) && phrase.is(Role.PREPOSITIONAL)) {
        question.addAll(Wording.preposition(phrase));
        question.addAll(wording.words(phrase.whole()));
      }
    }
    return question;
  }
}
