package dev.refrain.connectors.house.worlds;

import dev.refrain.connectors.house.worlds.Subject.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks about the subjects of an exercise after their articles are told. */
final class Asker {
  private static final double ODD = 0.1;
  private static final double RIVAL = 0.85;
  private static final double CLOZE = 0.15;
  private static final double SHARED = 0.3;
  private static final double HALF_TOLD = 0.3;
  private static final int TRIES = 30;

  private final Cast cast;
  private final Teller teller;
  private final boolean heldOutForms;
  private final Dice dice;
  private final List<Subject> subjects;
  private final List<Wording> used = new ArrayList<>();
  private final List<Unanswered> unanswered = new ArrayList<>();
  private final Set<String> asked = new HashSet<>();

  Asker(Cast cast, Teller teller, boolean heldOutForms, Dice dice, List<Subject> subjects) {
    this.cast = cast;
    this.teller = teller;
    this.heldOutForms = heldOutForms;
    this.dice = dice;
    this.subjects = subjects;
  }

  /** A relation that was asked of a subject and that nothing tells. */
  record Unanswered(Subject subject, Relation relation) {}

  /** What was asked for in vain. */
  List<Unanswered> unanswered() {
    return unanswered;
  }

  /** The forms used so far. */
  List<Wording> used() {
    return used;
  }

  List<Asked> ask(int questions) {
    List<Asked> all = new ArrayList<>();
    for (int tries = 0; all.size() < questions && tries < TRIES * questions; tries++) {
      Kind kind = drawKind();
      Asked question = ask(kind);
      for (int i = 0; question == null && i < 4; i++) {
        question = ask(kind);
      }
      if (question == null && kind != Kind.DIRECT) {
        question = ask(Kind.DIRECT);
      }
      if (question != null && asked.add(question.question())) {
        all.add(question);
      }
    }
    return all;
  }

  private Kind drawKind() {
    int percent = dice.below(100);
    if (percent < 44) {
      return Kind.DIRECT;
    }
    if (percent < 66) {
      return Kind.PARAPHRASED;
    }
    if (percent < 82) {
      return Kind.TWO_STEP;
    }
    return percent < 91 ? Kind.INVERSE : Kind.UNANSWERABLE;
  }

  private @Nullable Asked ask(Kind kind) {
    return switch (kind) {
      case DIRECT, PARAPHRASED -> plain(kind);
      case TWO_STEP, HALF_TOLD -> twoStep();
      case INVERSE -> inverse();
      case UNANSWERABLE -> unanswerable();
    };
  }

  private Asked plain(Kind wanted) {
    Subject subject = dice.pick(subjects);
    Fact fact = dice.pick(subject.facts());
    for (int i = 0; i < 4 && !hasRival(fact, subject) && dice.chance(RIVAL); i++) {
      subject = dice.pick(subjects);
      fact = dice.pick(subject.facts());
    }
    if (!heldOutForms && dice.chance(ODD) && !fact.relation().odd().isEmpty()) {
      return asked(odd(fact, subject), fact.value(), Kind.DIRECT);
    }
    Set<String> told = teller.stems(fact);
    Wording best = question(fact.relation());
    boolean direct = wanted == Kind.DIRECT;
    for (int i = 0; i < 16 && (best.overlap(told) >= SHARED) != direct; i++) {
      best = question(fact.relation());
    }
    used.add(best);
    Kind kind = best.overlap(told) >= SHARED ? Kind.DIRECT : Kind.PARAPHRASED;
    return asked(fill(best, subject, mention(subject)), fact.value(), kind);
  }

  /** Whether another subject of the same type tells the same relation. */
  private boolean hasRival(Fact fact, Subject subject) {
    return subjects.stream()
        .filter(other -> !other.name().equals(subject.name()))
        .filter(other -> other.type().key().equals(subject.type().key()))
        .anyMatch(other -> other.tells(fact.relation().group()));
  }

  /** Who asks for the year of a whole date is answered with its year. */
  private static Asked asked(String question, Value value, Kind kind) {
    String answer = value.answer();
    boolean year = English.isDate(answer) && question.matches(".*\\byear\\b.*");
    return new Asked(question, year ? answer.substring(answer.length() - 4) : answer, kind);
  }

  private Wording question(Relation relation) {
    return relation.questions().pick(heldOutForms, dice);
  }

  private String odd(Fact fact, Subject subject) {
    Wording form = Line.pick(fact.relation().odd(), dice);
    if (dice.chance(CLOZE)) {
      form = fact.relation().sentences().pick(false, dice);
      if (!form.startsWith("{O")) {
        return "Complete: " + fill(form, subject, subject.name().mention());
      }
      form = Line.pick(fact.relation().odd(), dice);
    }
    return fill(form, subject, mention(subject));
  }

  /** The name, or the surname where no other subject shares it. */
  private String mention(Subject subject) {
    String brief = subject.name().brief();
    boolean unique =
        subjects.stream().filter(other -> other.name().full().contains(brief)).count() == 1;
    return unique && dice.chance(0.3) ? brief(subject) : subject.name().mention();
  }

  private static String brief(Subject subject) {
    return subject.type().person() ? subject.name().brief() : subject.name().mention();
  }

  private static String fill(Wording form, Subject subject, String mention) {
    Reference reference = new Reference(subject, new Dice(0));
    return English.capital(
        form.fill(
            slot ->
                switch (slot) {
                  case "{S" -> mention;
                  case "{S's" -> mention + "'s";
                  case "{O" -> "___";
                  default -> reference.slot(slot);
                }));
  }

  /** A fact that names the subject of another article. */
  private record Bridge(Subject near, Relation relation, Subject far) {}

  private @Nullable Asked twoStep() {
    List<Bridge> bridges = bridges();
    if (bridges.isEmpty() || dice.chance(HALF_TOLD)) {
      return halfTold();
    }
    Bridge bridge = dice.pick(bridges);
    List<Fact> facts =
        bridge.far().facts().stream()
            .filter(fact -> !bridge.near().name().equals(fact.value().name()))
            .toList();
    if (facts.isEmpty()) {
      return null;
    }
    Fact fact = dice.pick(facts);
    String question = outer(fact.relation(), bridge);
    return question == null ? null : asked(question, fact.value(), Kind.TWO_STEP);
  }

  /**
   * A question in two steps of which no article tells the second. Half of them are answered with
   * what the first step leads to, for a second pass to look up; the others not at all. So the
   * reader learns to be of two minds.
   */
  private @Nullable Asked halfTold() {
    Subject near = dice.pick(subjects);
    Fact fact = dice.pick(near.facts());
    Name name = fact.value().name();
    boolean leads = article(fact) == null && !fact.relation().references().isEmpty();
    if (name == null || !leads || heldOutForms) {
      return null;
    }
    SubjectType type = cast.type(fact.value());
    if (type == null) {
      return null;
    }
    Relation relation = dice.pick(type.relations());
    if (relation.key().equals(fact.relation().back())) {
      return null;
    }
    Subject far = new Subject(type, name, near.era());
    String question = outer(relation, new Bridge(near, fact.relation(), far));
    return question == null
        ? null
        : dice.chance(0.5)
            ? asked(question, fact.value(), Kind.HALF_TOLD)
            : new Asked(question, "", Kind.UNANSWERABLE);
  }

  private List<Bridge> bridges() {
    List<Bridge> bridges = new ArrayList<>();
    for (Subject near : subjects) {
      for (Fact fact : near.facts()) {
        Subject far = article(fact);
        if (far != null && !fact.relation().references().isEmpty()) {
          bridges.add(new Bridge(near, fact.relation(), far));
        }
      }
    }
    return bridges;
  }

  /** The question of a relation, asked of what the bridge's noun phrase stands for. */
  private @Nullable String outer(Relation relation, Bridge bridge) {
    String name = bridge.near().name().mention();
    String inner =
        Line.pick(bridge.relation().references(), dice)
            .fill(slot -> slot.equals("{S's") ? name + "'s" : name);
    for (int i = 0; i < TRIES; i++) {
      Wording form = question(relation);
      if (form.has("{S") && !form.has("{P")) {
        used.add(form);
        return fill(form, bridge.far(), inner);
      }
    }
    return null;
  }

  private @Nullable Subject article(Fact fact) {
    Name name = fact.value().name();
    return name == null
        ? null
        : subjects.stream().filter(s -> s.name().equals(name)).findFirst().orElse(null);
  }

  private @Nullable Asked inverse() {
    Subject subject = dice.pick(subjects);
    Fact fact = dice.pick(subject.facts());
    String answer = fact.value().answer();
    if (heldOutForms || fact.relation().inverse().isEmpty() || teller.isDecoy(answer)) {
      return null;
    }
    long tellers =
        subjects.stream()
            .flatMap(other -> other.facts().stream())
            .filter(other -> other.value().answer().equals(answer))
            .count();
    if (tellers != 1) {
      return null;
    }
    Wording form = Line.pick(fact.relation().inverse(), dice);
    String question =
        English.capital(form.fill(slot -> slot.equals("{O") ? fact.value().shown() : "it"));
    return new Asked(question, subject.name().title(), Kind.INVERSE);
  }

  /** A relation that one subject tells, asked of another that does not or of a stranger. */
  private @Nullable Asked unanswerable() {
    Subject knowing = dice.pick(subjects);
    Relation relation = dice.pick(knowing.facts()).relation();
    List<Subject> silent =
        subjects.stream()
            .filter(subject -> subject.type().key().equals(knowing.type().key()))
            .filter(subject -> isSilent(subject, relation))
            .toList();
    if (!silent.isEmpty() && dice.chance(0.8)) {
      return unanswerable(dice.pick(silent), relation);
    }
    if (dice.chance(0.5)) {
      return unanswerable(cast.subject(knowing.type()), relation);
    }
    Relation other = dice.pick(knowing.type().relations());
    return isSilent(knowing, other) ? unanswerable(knowing, other) : null;
  }

  private Asked unanswerable(Subject subject, Relation relation) {
    Wording form = question(relation);
    for (int i = 0; i < TRIES && asksForAnyPlace(form, relation); i++) {
      form = question(relation);
    }
    used.add(form);
    unanswered.add(new Unanswered(subject, relation));
    return new Asked(fill(form, subject, subject.name().mention()), "", Kind.UNANSWERABLE);
  }

  /** Whether no article can tell this of the subject, nor anything that leads back to it. */
  private boolean isSilent(Subject subject, Relation relation) {
    return !subject.tells(relation.group()) && isNoValue(subject);
  }

  /** Whether some other fact might answer it too: "Where is X?" */
  private static boolean asksForAnyPlace(Wording form, Relation relation) {
    return relation.group().equals("where") && form.parts().getFirst().startsWith("Where");
  }

  private boolean isNoValue(Subject subject) {
    return subjects.stream()
        .flatMap(other -> other.facts().stream())
        .noneMatch(fact -> subject.name().equals(fact.value().name()));
  }
}
