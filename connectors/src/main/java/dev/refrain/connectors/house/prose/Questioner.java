package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Filler.Sort;
import dev.refrain.connectors.house.prose.Phrase.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes questions from clauses. Immutable, thread-safe. */
final class Questioner {
  private static final double PARAPHRASE = 0.6;
  private static final double REPHRASE = 0.7;
  private static final double CLOZE = 0.06;
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

  private final Verbs verbs;
  private final Gazetteer gazetteer;
  private final Synonyms synonyms;
  private final Rephrasings rephrasings = new Rephrasings();

  Questioner(Verbs verbs, Gazetteer gazetteer) {
    this.verbs = verbs;
    this.gazetteer = gazetteer;
    synonyms = new Synonyms(verbs);
  }

  /** A question whose answer the sentence tells, or null where none was found. */
  @Nullable Draft ask(Topic topic, List<Token> sentence, Dice dice) {
    if (dice.chance(0.15)) {
      Draft life = LifeDates.ask(topic, sentence, dice);
      if (life != null) {
        return life;
      }
    }
    List<Clause> clauses = ClauseReader.read(verbs, sentence);
    if (clauses.isEmpty()) {
      return LifeDates.ask(topic, sentence, dice);
    }
    Clause clause = dice.pick(clauses);
    Draft quantity = QuantityForm.ask(topic, clause, gazetteer, dice);
    if (quantity != null && dice.chance(0.9)) {
      return quantity;
    }
    List<Token> subject = topic.subject(clause.subject());
    int slots = clause.phrases().size();
    int slot = dice.chance(0.25) ? -1 : slots == 0 ? -1 : dice.below(slots);
    return ask(topic, clause, subject, slot, dice);
  }

  /**
   * @param slot the phrase asked for, -1 for the subject
   */
  @Nullable Draft ask(
      Topic topic, Clause clause, @Nullable List<Token> subject, int slot, Dice dice) {
    if (slot < 0) {
      return askSubject(topic, clause, subject, dice);
    }
    Phrase phrase = clause.phrases().get(slot);
    boolean asked = phrase.is(Role.OBJECT) || phrase.is(Role.PREPOSITIONAL);
    if (subject == null || !asked || !isFree(clause, slot)) {
      return null;
    }
    Filler filler = filler(clause, phrase);
    boolean part = phrase.prepositionText().equals("of") && slot > 0;
    if (!filler.isUsable() || part) {
      return null;
    }
    boolean paraphrase = dice.chance(PARAPHRASE);
    boolean titled = topic.isIn(subject);
    Wording wording = new Wording(synonyms, paraphrase, dice);
    if (paraphrase && dice.chance(REPHRASE)) {
      Draft other = rephrased(topic, clause, subject, slot, filler, dice);
      if (other != null) {
        return other;
      }
    }
    List<Token> question =
        clause.isCopula()
            ? new CopulaForm(clause, subject, wording, dice).ask(topic, slot, filler)
            : new VerbForm(clause, subject, wording, dice).ask(slot, filler);
    return question == null ? null : wording.draft(question, filler, titled, clause);
  }

  /** Whether the object asked for is the only one, and no part of the verb. */
  private static boolean isFree(Clause clause, int slot) {
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

  private Filler filler(Clause clause, Phrase phrase) {
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

  private @Nullable Draft rephrased(
      Topic topic, Clause clause, List<Token> subject, int slot, Filler filler, Dice dice) {
    Phrase phrase = clause.phrases().get(slot);
    String place = phrase.preposition().isEmpty() ? "object" : phrase.prepositionText();
    List<String> forms = rephrasings.find(clause.isPassive(), clause.base(), place, filler);
    if (forms == null || !topic.mention().equals(subject)) {
      return null;
    }
    String form = dice.pick(forms);
    boolean named = filler.answer().stream().allMatch(token -> token.is(Tag.NAME));
    boolean wantsName = form.startsWith("Who") || form.contains("team") || form.contains("club");
    return wantsName && !named ? null : Wording.rephrased(form, subject, filler, clause);
  }

  private @Nullable Draft askSubject(
      Topic topic, Clause clause, @Nullable List<Token> subject, Dice dice) {
    if (clause.subject().getFirst().is("there") && clause.isCopula()) {
      return null;
    }
    boolean title = topic.mention().equals(subject);
    Filler filler =
        title ? Filler.of(topic.title(), gazetteer) : Filler.of(clause.subject(), gazetteer);
    if (title && topic.passage().person()) {
      filler = new Filler(Sort.PERSON, "", topic.title());
    } else if (title) {
      filler = new Filler(Sort.THING, topic.passage().kind(), topic.title());
    }
    boolean nameless = !filler.answer().stream().allMatch(token -> token.is(Tag.NAME));
    if (!filler.isUsable() || (subject == null && nameless)) {
      return null;
    }
    Wording wording = new Wording(synonyms, dice.chance(PARAPHRASE), dice);
    List<Token> question = new SubjectForm(clause, wording, dice).ask(topic, filler, title);
    if (question == null) {
      return null;
    }
    boolean titled = !title && topic.isIn(question);
    return title
        ? wording.inverse(question, filler, clause)
        : wording.draft(question, filler, titled, clause);
  }

  static boolean cloze(Dice dice) {
    return dice.chance(CLOZE);
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
