package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Filler.Sort;
import dev.refrain.connectors.house.prose.Phrase.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes questions from clauses. Immutable, thread-safe. */
final class Questioner {
  private static final double PARAPHRASE = 0.6;
  private static final double REPHRASE = 0.7;
  private static final double CLOZE = 0.06;

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
    if (quantity != null) {
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
    if (subject == null || !asked || !Slots.isFree(clause, slot)) {
      return null;
    }
    Filler filler = Slots.filler(clause, phrase, gazetteer);
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
    boolean wantsYear = form.contains("year") && filler.sort() != Sort.YEAR;
    return wantsYear || (wantsName && !named)
        ? null
        : Wording.rephrased(form, subject, filler, clause);
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
}
