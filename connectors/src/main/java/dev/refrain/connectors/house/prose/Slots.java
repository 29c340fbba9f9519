package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Filler.Sort;
import dev.refrain.connectors.house.prose.Phrase.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which phrases of a clause can be asked for, as what, and which others the question keeps. */
final class Slots {
  private static final Set<String> RELATIVE_TO_PLACE = Set.of("in", "at", "on", "near");
  private static final Set<String> NAMING =
      Set.of(
          "call",
          "name",
          "title",
          "nickname",
          "rename",
          "award",
          "give",
          "offer",
          "teach",
          "appoint",
          "elect",
          "declare",
          "proclaim",
          "crown");

  private static final Set<String> PARTICLES =
      Set.of("up", "out", "down", "off", "away", "back", "over", "around", "together", "apart");
  private static final Set<String> COMPASS =
      Set.of(
          "north",
          "south",
          "east",
          "west",
          "northeast",
          "northwest",
          "southeast",
          "southwest",
          "centre",
          "center",
          "middle");
  private static final Set<String> SHOWS =
      Set.of(
          "star",
          "appear",
          "act",
          "play",
          "feature",
          "perform",
          "win",
          "compete",
          "rank",
          "lose",
          "score",
          "interest",
          "specialize",
          "invest",
          "believe",
          "result",
          "debut");
  private static final Set<String> RENAMING =
      Set.of("call", "name", "rename", "consider", "elect", "appoint", "declare", "proclaim");

  private Slots() {}

  /** Whether the object asked for is the only one, and no part of the verb. */
  static boolean isFree(Clause clause, int slot) {
    List<Phrase> phrases = clause.phrases();
    boolean idiom =
        clause.base().equals("take")
            && (phrases.get(slot).first().is("place") || phrases.get(slot).first().is("part"));
    if (clause.base().equals("do") || idiom) {
      return false;
    }
    if (clause.isCopula() || !phrases.get(slot).is(Role.OBJECT)) {
      return true;
    }
    boolean followed =
        slot + 1 < phrases.size()
            && ((phrases.get(slot + 1).is(Role.OBJECT) && !phrases.get(slot + 1).last().is("times"))
                || phrases.get(slot + 1).is(Role.OPAQUE)
                || phrases.get(slot + 1).is(Role.ADJECTIVE));
    boolean before =
        slot > 0 && !phrases.get(0).is(Role.ADVERB) && !phrases.get(slot).last().is("times");
    boolean naming = NAMING.contains(clause.base());
    return !followed
        && !before
        && (clause.isPassive() ? naming : !RENAMING.contains(clause.base()));
  }

  /** What fills the slot: a name behind "in" is a place, one behind "by" a person. */
  static Filler filler(Clause clause, Phrase phrase, Gazetteer gazetteer) {
    Filler filler = Filler.of(phrase.words(), gazetteer);
    boolean local =
        RELATIVE_TO_PLACE.contains(phrase.prepositionText()) && !SHOWS.contains(clause.base());
    if (filler.sort() == Sort.THING
        && phrase.prepositionText().equals("by")
        && isBareName(filler)) {
      return new Filler(Sort.PERSON, "", filler.answer());
    }
    if (filler.sort() == Sort.PERSON && local && filler.noun().isEmpty()) {
      return new Filler(Sort.PLACE, "", filler.answer());
    }
    boolean part =
        local && filler.isUsable() && COMPASS.contains(filler.answer().getFirst().lower());
    if (part && filler.sort() == Sort.THING) {
      return new Filler(Sort.PLACE, "part", filler.answer());
    }
    boolean place =
        filler.sort() == Sort.THING
            && filler.noun().isEmpty()
            && local
            && filler.answer().stream().allMatch(token -> token.is(Tag.NAME))
            && !filler.answer().isEmpty();
    return place ? new Filler(Sort.PLACE, "", filler.answer()) : filler;
  }

  private static boolean isBareName(Filler filler) {
    return filler.noun().isEmpty() && filler.answer().stream().allMatch(t -> t.is(Tag.NAME));
  }

  /** The phrases that a question keeps beside the one asked for. */
  static List<Phrase> kept(Clause clause, int slot, Filler filler, Dice dice) {
    List<Phrase> kept = new ArrayList<>();
    for (int i = 0; i < clause.phrases().size(); i++) {
      Phrase phrase = clause.phrases().get(i);
      if (i == slot || keeps(phrase, i, filler, dice)) {
        kept.add(phrase);
      }
    }
    return kept;
  }

  private static boolean keeps(Phrase phrase, int i, Filler filler, Dice dice) {
    boolean back =
        NounPhrases.refersBack(phrase.words())
            || phrase.words().stream().anyMatch(token -> token.is(Tag.PRONOUN));
    boolean time = phrase.words().stream().anyMatch(t -> t.is(Tag.YEAR) || t.is(Tag.MONTH));
    boolean samePlace =
        filler.sort() == Sort.PLACE
            && RELATIVE_TO_PLACE.contains(phrase.prepositionText())
            && !time;
    if (back || (filler.isTime() && time) || samePlace) {
      return false;
    }
    return switch (phrase.role()) {
      case LIST -> i == 0 || dice.chance(0.25);
      case OBJECT, ADJECTIVE -> i == 0 || dice.chance(0.8);
      case PREPOSITIONAL -> i == 0 || dice.chance(0.6);
      case ADVERB -> PARTICLES.contains(phrase.first().lower()) ? i == 0 : dice.chance(0.15);
      case OPAQUE -> i == 0 || dice.chance(0.25);
    };
  }
}
