package dev.refrain.connectors.house;

import dev.refrain.connectors.house.TwoPassExercise.Glance;
import dev.refrain.connectors.house.TwoPassExercise.Telling;
import dev.refrain.connectors.house.worlds.Article;
import dev.refrain.connectors.house.worlds.Asked;
import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Exercises;
import dev.refrain.connectors.house.worlds.Kind;
import dev.refrain.connectors.house.worlds.Split;
import dev.refrain.connectors.house.worlds.Stage;
import dev.refrain.connectors.house.worlds.Worlds;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Exercises for two passes: any number of them in each fold, each from its own number, none of them
 * one that a house model was trained on. Immutable, safe for use by many threads.
 */
public final class TwoPassExercises {
  /** No house model's training has a seed of this kind. */
  private static final long FRESH = 0x6672_6573_6800_0000L;

  private static final Stage ONE_ARTICLE = new Stage(1, 1, 2, 7, 10);
  private static final Stage TWO_ARTICLES = new Stage(2, 2, 2, 7, 10);
  private static final Set<Kind> TOLD = EnumSet.of(Kind.DIRECT, Kind.PARAPHRASED, Kind.INVERSE);
  private static final Set<Kind> PLAIN = EnumSet.of(Kind.DIRECT, Kind.PARAPHRASED);

  /** Exercises that are looked through for one of the wanted telling. */
  private static final int TRIES = 1000;

  private final TextSources tuned;
  private final TextSources heldOut;
  private final long seed;

  private TwoPassExercises(TextSources tuned, TextSources heldOut, long seed) {
    this.tuned = tuned;
    this.heldOut = heldOut;
    this.seed = seed;
  }

  /**
   * Reads what there is.
   *
   * @param seed decides all exercises
   * @param texts plain English to mix in as in {@link HouseTraining}
   * @param banned names and words that must not occur
   * @throws IOException if the corpus cannot be read
   */
  public static TwoPassExercises read(long seed, PlainEnglish texts, Predicate<String> banned)
      throws IOException {
    long fresh = seed ^ FRESH;
    double proseShare = HouseRecipe.standard().proseShare();
    TextSources tuned = TextSources.read(fresh, texts, banned, proseShare);
    Worlds names = new Worlds(fresh, Split.HELD_OUT_NAMES, banned);
    return new TwoPassExercises(tuned, tuned.withWorlds(names), fresh);
  }

  /** Digest of everything that decides the exercises. */
  public String digest() {
    return "two-pass exercises, " + tuned.digest();
  }

  /**
   * The exercise of this number.
   *
   * @return the same for the same seed, corpus, fold and number
   */
  public TwoPassExercise exercise(Fold fold, long number) {
    TextSources sources = fold == Fold.HELD_OUT ? heldOut : tuned;
    SplittableRandom random = new SplittableRandom(seed ^ ~fold.number(number));
    Telling telling = draw(random);
    Exercises source = telling == Telling.TWO_STEP ? sources.worlds() : sources;
    for (long place = number * TRIES; place < (number + 1) * TRIES; place++) {
      long exercise = fold.number(place);
      TwoPassExercise found = find(telling, source, exercise, random);
      if (found != null) {
        return found;
      }
    }
    throw new IllegalStateException(
        "no exercise of %d from number %d on is %s".formatted(TRIES, number * TRIES, telling));
  }

  private static Telling draw(SplittableRandom random) {
    int percent = random.nextInt(100);
    if (percent < 60) {
      return Telling.TOLD;
    }
    if (percent < 68) {
      return Telling.FOUND_LATER;
    }
    return percent < 90 ? Telling.TWO_STEP : Telling.UNTOLD;
  }

  private static @Nullable TwoPassExercise find(
      Telling telling, Exercises source, long number, SplittableRandom random) {
    return switch (telling) {
      case TOLD -> alike(telling, TOLD, source, number, random);
      case UNTOLD -> alike(telling, EnumSet.of(Kind.UNANSWERABLE), source, number, random);
      case FOUND_LATER -> foundLater(source.exercise(number, TWO_ARTICLES), number, random);
      case TWO_STEP -> twoStep(source.exercise(number, TWO_ARTICLES), number, random);
    };
  }

  /** Both passes are shown the same, one article or two. */
  private static @Nullable TwoPassExercise alike(
      Telling telling, Set<Kind> kinds, Exercises source, long number, SplittableRandom random) {
    Exercise exercise = source.exercise(number, random.nextBoolean() ? ONE_ARTICLE : TWO_ARTICLES);
    Asked asked = pick(exercise, kinds, random);
    if (asked == null) {
      return null;
    }
    Glance glance = new Glance(exercise.articles(), asked.answer());
    return new TwoPassExercise(number, telling, asked.question(), glance, glance);
  }

  private static @Nullable TwoPassExercise foundLater(
      Exercise exercise, long number, SplittableRandom random) {
    Asked asked = pick(exercise, PLAIN, random);
    Article teller = asked == null ? null : onlyTeller(exercise.articles(), asked.answer());
    if (asked == null || teller == null) {
      return null;
    }
    Article other = other(exercise.articles(), teller);
    return new TwoPassExercise(
        number,
        Telling.FOUND_LATER,
        asked.question(),
        new Glance(List.of(other), ""),
        new Glance(found(teller, other, random), asked.answer()));
  }

  /**
   * Half of the first passes shall say what the inner step leads to, for passages to be looked up
   * by it; the others decline. So a reader stays of two minds, as the house model is.
   */
  private static @Nullable TwoPassExercise twoStep(
      Exercise exercise, long number, SplittableRandom random) {
    Asked asked = pick(exercise, EnumSet.of(Kind.TWO_STEP), random);
    Article far = asked == null ? null : onlyTeller(exercise.articles(), asked.answer());
    if (asked == null || far == null) {
      return null;
    }
    Article near = other(exercise.articles(), far);
    String bridge = mention(near.text(), far.title());
    if (bridge.isEmpty()) {
      return null;
    }
    return new TwoPassExercise(
        number,
        Telling.TWO_STEP,
        asked.question(),
        new Glance(List.of(near), random.nextBoolean() ? bridge : ""),
        new Glance(found(far, near, random), asked.answer()));
  }

  /** What a second retrieval brings: the article alone, or with the first one behind or before. */
  private static List<Article> found(Article wanted, Article first, SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> List.of(wanted);
      case 1 -> List.of(wanted, first);
      default -> List.of(first, wanted);
    };
  }

  private static @Nullable Asked pick(Exercise exercise, Set<Kind> kinds, SplittableRandom random) {
    List<Asked> asked =
        exercise.questions().stream().filter(one -> kinds.contains(one.kind())).toList();
    return asked.isEmpty() ? null : asked.get(random.nextInt(asked.size()));
  }

  /** The one of two articles in which the answer stands; null if it stands in both or none. */
  private static @Nullable Article onlyTeller(List<Article> articles, String answer) {
    List<Article> tellers =
        articles.stream().filter(article -> article.text().contains(answer)).toList();
    return articles.size() == 2 && tellers.size() == 1 ? tellers.getFirst() : null;
  }

  private static Article other(List<Article> two, Article one) {
    return two.getFirst().equals(one) ? two.getLast() : two.getFirst();
  }

  /** A title as it stands in a text; empty if it does not. */
  private static String mention(String text, String title) {
    int at = text.toLowerCase(Locale.ROOT).indexOf(title.toLowerCase(Locale.ROOT));
    return at < 0 ? "" : text.substring(at, at + title.length());
  }
}
