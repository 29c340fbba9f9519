package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.worlds.Asked;
import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Kind;
import dev.refrain.connectors.house.worlds.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an exercise of a few passages. Immutable, thread-safe. */
final class ExerciseMaker {
  private static final double UNANSWERABLE = 0.08;
  private static final double INVERSE = 0.3;
  private static final double LEFT_OUT = 0.4;
  private static final double STRANGER = 0.3;
  private static final int TRIES = 25;

  private final Library library;
  private final Reteller reteller;
  private final Questioner questioner;

  ExerciseMaker(Library library, Reteller reteller, Questioner questioner) {
    this.library = library;
    this.reteller = reteller;
    this.questioner = questioner;
  }

  Exercise make(Stage stage, Dice dice) {
    Disguise disguise = reteller.disguise(dice);
    List<Told> told = new ArrayList<>();
    int articles = dice.between(stage.minArticles(), stage.maxArticles());
    for (Passage passage : library.around(library.any(dice), articles, dice)) {
      int facts = dice.between(stage.minFacts(), stage.maxFacts());
      told.add(reteller.tell(passage, facts, Emphasis.NONE, disguise, dice));
    }
    return new Exercise(
        told.stream().map(Told::article).toList(), ask(told, stage.questions(), disguise, dice));
  }

  /** At most so many different questions about these articles. */
  List<Asked> ask(List<Told> told, int most, Disguise disguise, Dice dice) {
    List<Asked> questions = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    for (int i = 0; i < most; i++) {
      boolean unanswerable = dice.chance(UNANSWERABLE);
      for (int tries = 0; tries < TRIES; tries++) {
        Asked question = unanswerable ? unanswerable(told, disguise, dice) : answerable(told, dice);
        if (question != null && asked.add(question.question()) && isNew(question, asked)) {
          questions.add(question);
          break;
        }
      }
    }
    return questions;
  }

  private static boolean isNew(Asked question, Set<String> asked) {
    return question.kind() == Kind.UNANSWERABLE || asked.add("=" + question.answer());
  }

  private @Nullable Asked answerable(List<Told> told, Dice dice) {
    Told one = dice.pick(told);
    Draft draft = questioner.ask(one.topic(), dice.pick(one.kept()), dice);
    if (draft == null || (draft.kind() == Kind.INVERSE && !dice.chance(INVERSE))) {
      return null;
    }
    boolean inverse = draft.kind() == Kind.INVERSE;
    boolean clear = draft.titled() || isOnlyIn(draft.question(), one, told);
    String answer = inverse ? one.article().title() : draft.answer();
    boolean found = inverse || one.article().text().contains(answer);
    return clear && found ? new Asked(draft.question(), answer, draft.kind()) : null;
  }

  /** Whether a capitalised word or number of the question occurs in no other article. */
  private static boolean isOnlyIn(String question, Told one, List<Told> told) {
    String[] words = question.substring(0, question.length() - 1).split(" ", -1);
    for (int i = 1; i < words.length; i++) {
      char first = words[i].charAt(0);
      String word = words[i];
      boolean name = Character.isUpperCase(first) || Character.isDigit(first);
      boolean ours = one.article().text().contains(word);
      if (name
          && ours
          && told.stream()
              .filter(other -> !other.equals(one))
              .noneMatch(other -> other.article().text().contains(word))) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Asked unanswerable(List<Told> told, Disguise disguise, Dice dice) {
    Told target = dice.pick(told);
    if (dice.chance(LEFT_OUT) && !target.left().isEmpty()) {
      return silent(target, questioner.ask(target.topic(), dice.pick(target.left()), dice));
    }
    Passage other = library.like(target.topic().passage(), dice);
    boolean known = told.stream().anyMatch(t -> t.topic().passage().equals(other));
    if (known || other.person() != target.topic().passage().person()) {
      return null;
    }
    List<Token> sentence = disguise.disguise(reteller.tag(other, dice.pick(other.sentences())));
    List<Token> title = disguise.disguise(reteller.tag(other, other.title()));
    if (dice.chance(STRANGER)) {
      return of(questioner.ask(Topic.of(other, title, sentence), sentence, dice));
    }
    Topic guise = new Topic(other, title, target.topic().mention());
    return silent(target, questioner.ask(guise, sentence, dice));
  }

  /** Unless the article tells something of the kind. */
  private static @Nullable Asked silent(Told target, @Nullable Draft draft) {
    boolean tells =
        draft == null
            || draft.stems().isEmpty()
            || target.tells(draft.stems())
            || target.tells(draft.answer());
    return tells ? null : of(draft);
  }

  private static @Nullable Asked of(@Nullable Draft draft) {
    return draft == null || draft.kind() == Kind.INVERSE || !draft.titled()
        ? null
        : new Asked(draft.question(), "", Kind.UNANSWERABLE);
  }
}
