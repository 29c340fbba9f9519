package dev.refrain.connectors.house.worlds;

import dev.refrain.connectors.house.worlds.Subject.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the subjects of an exercise and their facts: often two that a bridge joins, the others
 * mostly of the same types with the same relations, so that most facts have a rival.
 */
final class Cast {
  private static final double BRIDGE = 0.95;
  private static final double BRIDGE_OF_TWO = 0.55;
  private static final double SAME_TYPE = 0.93;
  private static final double SAME_RELATION = 0.92;
  private static final double INVENTED = 0.1;

  private final Catalogue catalogue;
  private final Values values;
  private final Dice dice;
  private final Roster roster;
  private final List<Subject> subjects = new ArrayList<>();

  Cast(Catalogue catalogue, Values values, Dice dice, Roster roster) {
    this.catalogue = catalogue;
    this.values = values;
    this.dice = dice;
    this.roster = roster;
  }

  /** The subjects, in the order of their articles. */
  List<Subject> of(Stage stage) {
    int size = dice.between(stage.minArticles(), stage.maxArticles());
    SubjectType first = dice.pick(catalogue.types());
    if (size > 1 && dice.chance(size == 2 ? BRIDGE_OF_TWO : BRIDGE)) {
      bridge(first, stage);
    } else {
      subjects.add(informed(subject(first), stage));
    }
    while (subjects.size() < size) {
      SubjectType type =
          dice.chance(SAME_TYPE) ? dice.pick(subjects).type() : dice.pick(catalogue.types());
      subjects.add(informed(subject(type), stage));
    }
    dice.shuffle(subjects);
    return subjects;
  }

  private void bridge(SubjectType start, Stage stage) {
    SubjectType type = start;
    List<Relation> bridges = bridges(type);
    while (bridges.isEmpty()) {
      type = dice.pick(catalogue.types());
      bridges = bridges(type);
    }
    Subject near = subject(type);
    Fact fact = fact(near, dice.pick(bridges));
    near.facts().add(fact);
    subjects.add(informed(near, stage));
    Name name = fact.value().name();
    if (name == null || !catalogue.has(fact.value().type())) {
      return;
    }
    Subject far = new Subject(catalogue.get(fact.value().type()), name, era());
    inform(far, stage, leadBack(far, near, fact.relation().back()));
    subjects.add(far);
  }

  /** Tells of the far subject, perhaps, what leads back; its group must say nothing else. */
  private String leadBack(Subject far, Subject near, String back) {
    for (Relation relation : far.type().relations()) {
      if (relation.key().equals(back)) {
        if (dice.chance(0.5)) {
          far.facts().add(new Fact(relation, Value.of(near.name(), near.type().key())));
        }
        return relation.group();
      }
    }
    return "";
  }

  private List<Relation> bridges(SubjectType type) {
    return type.relations().stream()
        .filter(relation -> !relation.references().isEmpty())
        .filter(relation -> Block.items(relation.kind(), "|").stream().anyMatch(catalogue::has))
        .toList();
  }

  /** A new subject that tells nothing yet. */
  Subject subject(SubjectType type) {
    return new Subject(type, values.names().invent(type.key(), dice, roster), era());
  }

  /** What the subject of this name would be, or null where none has articles of its own. */
  @Nullable SubjectType type(Value value) {
    return catalogue.has(value.type()) ? catalogue.get(value.type()) : null;
  }

  private int era() {
    return dice.chance(0.8) ? dice.between(1560, 1960) : dice.between(960, 1560);
  }

  private Subject informed(Subject subject, Stage stage) {
    inform(subject, stage, "");
    return subject;
  }

  private void inform(Subject subject, Stage stage, String except) {
    int size = dice.between(stage.minFacts(), stage.maxFacts());
    Set<String> groups = new HashSet<>();
    groups.add(except);
    subject.facts().forEach(fact -> groups.add(fact.relation().group()));
    List<Relation> wanted = new ArrayList<>();
    for (Subject rival : subjects) {
      if (rival.type().key().equals(subject.type().key())) {
        rival.facts().stream()
            .map(Fact::relation)
            .filter(relation -> dice.chance(SAME_RELATION))
            .forEach(wanted::add);
      }
    }
    List<Relation> others = new ArrayList<>(subject.type().relations());
    dice.shuffle(others);
    wanted.addAll(others);
    for (Relation relation : wanted) {
      if (subject.facts().size() >= size) {
        break;
      }
      if (dice.chance(INVENTED)) {
        Relation invented = invented(subject.type());
        subject.facts().add(fact(subject, invented));
      } else if (groups.add(relation.group())) {
        subject.facts().add(fact(subject, relation));
      }
    }
    dice.shuffle(subject.facts());
  }

  private Relation invented(SubjectType type) {
    String noun = values.names().word(dice, roster);
    return catalogue.invented(noun, values.inventedKind(dice), type);
  }

  private Fact fact(Subject subject, Relation relation) {
    return new Fact(relation, values.draw(relation.kind(), subject, dice, roster));
  }
}
