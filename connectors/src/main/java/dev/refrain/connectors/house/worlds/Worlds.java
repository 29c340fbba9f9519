package dev.refrain.connectors.house.worlds;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Exercises in reading: any number of them, each from its own number. Subjects, names and numbers
 * are invented anew for each, so nothing can be remembered from one to the next. Thread-safe and
 * immutable.
 */
public final class Worlds implements Exercises {
  private final long seed;
  private final Split split;
  private final Catalogue catalogue = new Catalogue();
  private final Values values;

  /** Worlds without the real names that this package knows of. */
  public Worlds(long seed, Split split) {
    this(seed, split, name -> false);
  }

  /**
   * @param alsoBanned names and words that must not occur as a name, part of a name or value,
   *     besides those this package knows of; asked with whole names and with their words, as they
   *     stand within a sentence
   */
  public Worlds(long seed, Split split, Predicate<String> alsoBanned) {
    this.seed = seed;
    this.split = split;
    Words words = new Words(alsoBanned.or(Names.bannedByResource()));
    Set<String> vocabulary = new HashSet<>(catalogue.vocabulary());
    vocabulary.addAll(words.vocabulary());
    Names names = new Names(words, vocabulary, alsoBanned, split != Split.TRAINING);
    values = new Values(names, new Numbers(), words);
  }

  /**
   * The exercise of this number.
   *
   * @return the same for the same seed, split, number and stage
   */
  @Override
  public Exercise exercise(long number, Stage stage) {
    return draft(number, stage).exercise();
  }

  /** An exercise with what it was made of. */
  record Draft(
      Exercise exercise,
      List<Subject> subjects,
      List<Wording> sentences,
      List<Wording> questions,
      List<Asker.Unanswered> unanswered) {}

  Draft draft(long number, Stage stage) {
    Dice dice = new Dice(mix(seed * 0x9E3779B97F4A7C15L + mix(number)));
    Roster roster = new Roster();
    Cast cast = new Cast(catalogue, values, dice, roster);
    List<Subject> subjects = cast.of(stage);
    Teller teller = new Teller(catalogue, values, split == Split.HELD_OUT_SENTENCES, dice, roster);
    List<Article> articles = subjects.stream().map(teller::tell).toList();
    Asker asker = new Asker(cast, teller, split == Split.HELD_OUT_QUESTIONS, dice, subjects);
    List<Asked> questions = asker.ask(stage.questions());
    Exercise exercise = new Exercise(articles, questions);
    return new Draft(exercise, subjects, teller.used(), asker.used(), asker.unanswered());
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long z) {
    long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
