package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Filler.Sort;
import dev.refrain.connectors.house.prose.Phrase.Role;
import dev.refrain.connectors.house.worlds.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks for quantities: "a population of 40", "there are 40 rooms", "40 people live in X". */
final class QuantityForm {
  private QuantityForm() {}

  static @Nullable Draft ask(Topic topic, Clause clause, Gazetteer gazetteer, Dice dice) {
    if (clause.phrases().isEmpty()) {
      return null;
    }
    Phrase first = clause.phrases().getFirst();
    if (clause.subject().getFirst().is("there") && clause.isCopula() && first.is(Role.OBJECT)) {
      return there(topic, clause, Filler.of(first.words(), gazetteer));
    }
    List<Token> subject = topic.subject(clause.subject());
    if (!topic.mention().equals(subject)) {
      return null;
    }
    for (Phrase phrase : clause.phrases()) {
      Draft draft = of(topic, phrase, gazetteer, dice);
      if (draft != null) {
        return draft;
      }
    }
    return null;
  }

  /** "has a population of N", "with an area of N", "covers an area of N". */
  private static @Nullable Draft of(Topic topic, Phrase phrase, Gazetteer gazetteer, Dice dice) {
    List<Token> words = phrase.words();
    int of = -1;
    for (int i = 1; i < words.size(); i++) {
      of = words.get(i).is("of") && of < 0 ? i : of;
    }
    boolean measured =
        of > 0 && of < 4 && words.get(of - 1).is(Tag.RELATIONAL) && !words.get(of - 1).is("age");
    if (!measured) {
      return null;
    }
    Filler filler = Filler.of(words.subList(of + 1, words.size()), gazetteer);
    boolean number = filler.sort() == Sort.COUNT || filler.sort() == Sort.MEASURE;
    if (!number || !filler.isUsable()) {
      return null;
    }
    String noun = words.get(of - 1).lower();
    String mention = Token.join(topic.mention());
    String question =
        switch (noun) {
          case "population" ->
              dice.pick(
                  "What is the population of %s",
                  "How many people live in %s",
                  "How many inhabitants does %s have",
                  "How large is the population of %s");
          case "area" -> dice.pick("What is the area of %s", "How large is %s", "How big is %s");
          case "height", "elevation", "altitude" ->
              dice.pick("What is the " + noun + " of %s", "How high is %s");
          case "length" -> dice.pick("What is the length of %s", "How long is %s");
          case "depth" -> dice.pick("What is the depth of %s", "How deep is %s");
          default -> dice.pick("What is the " + noun + " of %s", "What " + noun + " does %s have");
        };
    Kind kind = question.contains(noun) ? Kind.DIRECT : Kind.PARAPHRASED;
    return new Draft(
        question.formatted(mention) + "?",
        Token.join(Wording.plain(filler.answer())),
        kind,
        true,
        Set.of(noun));
  }

  private static @Nullable Draft there(Topic topic, Clause clause, Filler filler) {
    if (filler.sort() != Sort.COUNT || filler.noun().isEmpty() || !filler.isUsable()) {
      return null;
    }
    StringBuilder question = new StringBuilder("How many ").append(filler.noun());
    String verb = clause.auxiliary() == null ? "are" : clause.auxiliary().lower();
    question.append(' ').append(verb).append(" there");
    boolean titled = false;
    for (Phrase phrase : clause.phrases().subList(1, clause.phrases().size())) {
      boolean itself = phrase.words().stream().noneMatch(token -> token.is(Tag.NAME));
      if (phrase.is(Role.PREPOSITIONAL) && !NounPhrases.refersBack(phrase.words()) && !itself) {
        question
            .append(' ')
            .append(phrase.prepositionText())
            .append(' ')
            .append(Token.join(Wording.plain(phrase.words())));
        titled |= topic.isIn(phrase.words());
      }
    }
    if (!titled) {
      question.append(" in ").append(Token.join(topic.mention()));
    }
    String answer = Token.join(Wording.plain(filler.answer()));
    return new Draft(
        question.append('?').toString(),
        answer,
        Kind.DIRECT,
        true,
        Set.of(filler.noun().substring(filler.noun().lastIndexOf(' ') + 1)));
  }
}
