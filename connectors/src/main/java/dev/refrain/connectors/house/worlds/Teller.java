package dev.refrain.connectors.house.worlds;

import dev.refrain.connectors.house.worlds.Subject.Fact;
import dev.refrain.connectors.house.worlds.SubjectType.Pair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the facts of one subject in sentences: one, two at once by a form made for both, or two
 * joined; with a pronoun or a description where the name stood before.
 */
final class Teller {
  private static final double OPENING = 0.4;
  private static final double PAIRED = 0.6;
  private static final double JOINED = 0.35;
  private static final double FILLER = 0.2;
  private static final double DECOY = 0.15;
  private static final double PREFIXED = 0.06;
  private static final int TRIES = 12;

  private final Catalogue catalogue;
  private final Values values;
  private final boolean heldOutForms;
  private final Dice dice;
  private final Roster roster;
  private final IdentityHashMap<Fact, Set<String>> stems = new IdentityHashMap<>();
  private final List<Wording> used = new ArrayList<>();
  private final Set<String> decoyValues = new HashSet<>();

  Teller(Catalogue catalogue, Values values, boolean heldOutForms, Dice dice, Roster roster) {
    this.catalogue = catalogue;
    this.values = values;
    this.heldOutForms = heldOutForms;
    this.dice = dice;
    this.roster = roster;
  }

  /** Stems of the sentences that tell this fact. */
  Set<String> stems(Fact fact) {
    return stems.getOrDefault(fact, Set.of());
  }

  /** The forms used so far. */
  List<Wording> used() {
    return used;
  }

  /** Whether the text was told of something that is no subject. */
  boolean isDecoy(String value) {
    return decoyValues.contains(value);
  }

  Article tell(Subject subject) {
    List<String> sentences = new ArrayList<>();
    Reference reference = new Reference(subject, dice);
    if (!subject.type().openings().isEmpty() && dice.chance(OPENING)) {
      sentences.add(reference.sentence(dice.pick(subject.type().openings()), ""));
    }
    Deque<Fact> facts = new ArrayDeque<>(subject.facts());
    while (!facts.isEmpty()) {
      sentences.add(next(facts, reference));
      if (dice.chance(FILLER)) {
        sentences.add(reference.sentence(Line.pick(subject.type().fillers(), dice), ""));
      }
    }
    if (!subject.type().decoys().isEmpty() && dice.chance(DECOY)) {
      sentences.add(decoy(subject, reference));
    }
    return new Article(
        subject.name().title(), String.join(" ", sentences.stream().distinct().toList()));
  }

  private String next(Deque<Fact> facts, Reference reference) {
    Fact fact = facts.remove();
    if (!facts.isEmpty()) {
      String both = heldOutForms || !dice.chance(PAIRED) ? null : paired(fact, facts, reference);
      if (both != null) {
        return both;
      }
      if (dice.chance(JOINED)) {
        String joined = joined(fact, facts, reference);
        if (joined != null) {
          return joined;
        }
      }
    }
    return single(fact, reference);
  }

  private String single(Fact fact, Reference reference) {
    Wording form = form(fact);
    boolean prefixed = dice.chance(PREFIXED);
    for (int i = 0; i < TRIES && !prefixed && !mayBegin(form, fact); i++) {
      form = form(fact);
    }
    String prefix =
        prefixed || !mayBegin(form, fact)
            ? dice.pick(catalogue.openers()).fill(reference::slot) + " "
            : "";
    tells(fact, form);
    return reference.sentence(form, prefix, fact.value().shown(), "");
  }

  private static boolean mayBegin(Wording form, Fact fact) {
    return !form.startsWith("{O") || fact.value().mayBegin();
  }

  private Wording form(Fact fact) {
    return fact.relation().sentences().pick(heldOutForms, dice);
  }

  private void tells(Fact fact, Wording form) {
    used.add(form);
    Set<String> all = new HashSet<>(stems(fact));
    all.addAll(form.stems());
    stems.put(fact, all);
  }

  private @Nullable String paired(Fact fact, Deque<Fact> others, Reference reference) {
    for (Fact other : others) {
      for (Pair pair : reference.subject().type().pairs()) {
        boolean ordered = joins(pair, fact, other);
        if (ordered || joins(pair, other, fact)) {
          others.remove(other);
          Wording form = dice.pick(pair.sentences());
          Fact first = ordered ? fact : other;
          Fact second = ordered ? other : fact;
          tells(first, form);
          tells(second, form);
          return reference.sentence(form, "", first.value().shown(), second.value().shown());
        }
      }
    }
    return null;
  }

  private static boolean joins(Pair pair, Fact first, Fact second) {
    return pair.first().equals(first.relation().key())
        && pair.second().equals(second.relation().key());
  }

  /** Two forms that begin with the subject, in one sentence. */
  private @Nullable String joined(Fact fact, Deque<Fact> others, Reference reference) {
    Fact other = others.element();
    Wording first = predicate(fact);
    Wording second = predicate(other);
    if (first == null || second == null) {
      return null;
    }
    others.remove(other);
    tells(fact, first);
    tells(other, second);
    return reference.joined(first, fact.value().shown(), second, other.value().shown());
  }

  private @Nullable Wording predicate(Fact fact) {
    for (int i = 0; i < TRIES; i++) {
      Wording form = form(fact);
      if (form.startsWith("{S")
          && form.count("{S") == 1
          && form.parts().get(1).startsWith(" ")
          && !form.parts().get(1).startsWith(" and ")) {
        return form;
      }
    }
    return null;
  }

  private String decoy(Subject subject, Reference reference) {
    Wording form = dice.pick(subject.type().decoys());
    return English.capital(
        form.fill(
            slot -> {
              if (Reference.knows(slot)) {
                return reference.slot(slot);
              }
              Value value = values.draw(slot.substring(1), subject, dice, roster);
              decoyValues.add(value.answer());
              return value.shown();
            }));
  }
}
