package dev.refrain.connectors.house;

import dev.refrain.connectors.house.worlds.Article;
import dev.refrain.connectors.house.worlds.Asked;
import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Exercises;
import dev.refrain.connectors.house.worlds.Kind;
import dev.refrain.connectors.house.worlds.Stage;
import dev.refrain.connectors.text.Sentences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Exercises of one sentence under its title, as a first pass sees passages: the sentence that tells
 * the answer, or now and then another one that looks like it, for which the question stays open.
 * Safe for use by many threads where its source is.
 *
 * @param source of whole articles
 */
record ExcerptExercises(Exercises source) implements Exercises {
  /** Share of the told questions of which the sentence is withheld. */
  private static final double WITHHELD = 0.2;

  private static final int TRIES = 8;

  /** Letters that forms of one word share, mostly. */
  private static final int STEM = 5;

  @Override
  public Exercise exercise(long number, Stage stage) {
    SplittableRandom random = new SplittableRandom(~number * 31);
    Exercise whole = source.exercise(number, stage);
    for (int i = 0; i < TRIES && !whole.questions().isEmpty(); i++) {
      Asked asked = whole.questions().get(random.nextInt(whole.questions().size()));
      Exercise excerpt = excerpt(asked, whole, random);
      if (excerpt != null) {
        return excerpt;
      }
    }
    return whole;
  }

  /** A sentence of an article. */
  private record Place(Article article, String sentence) {
    boolean tells(Asked asked) {
      return asked.kind() == Kind.INVERSE
          ? article.title().equals(asked.answer())
          : sentence.contains(asked.answer());
    }

    /** How many of the words stand in the sentence or its title. */
    long shares(Set<String> words) {
      return words(article.title() + " " + sentence).stream().filter(words::contains).count();
    }
  }

  private static @Nullable Exercise excerpt(Asked asked, Exercise whole, SplittableRandom random) {
    List<Place> places = places(whole);
    if (asked.kind() == Kind.TWO_STEP) {
      return null;
    }
    if (asked.answer().isEmpty()) {
      return open(asked, likest(asked, places));
    }
    Place telling = telling(asked, places);
    if (telling == null) {
      return null;
    }
    if (asked.kind() != Kind.INVERSE && random.nextDouble() < WITHHELD) {
      List<Place> silent =
          places.stream()
              .filter(place -> place.article().equals(telling.article()) && !place.tells(asked))
              .toList();
      return silent.isEmpty() ? null : open(asked, likest(asked, silent));
    }
    List<Asked> told = new ArrayList<>(whole.questions());
    told.removeIf(
        other ->
            other.equals(asked)
                || other.answer().isEmpty()
                || other.kind() == Kind.TWO_STEP
                || !telling.equals(telling(other, places)));
    Collections.shuffle(told, random);
    told.addFirst(asked);
    return new Exercise(List.of(new Article(telling.article().title(), telling.sentence())), told);
  }

  private static Exercise open(Asked asked, Place place) {
    return new Exercise(
        List.of(new Article(place.article().title(), place.sentence())),
        List.of(new Asked(asked.question(), "", Kind.UNANSWERABLE)));
  }

  private static List<Place> places(Exercise exercise) {
    return exercise.articles().stream()
        .flatMap(
            article ->
                Sentences.of(article.text()).stream().map(sentence -> new Place(article, sentence)))
        .toList();
  }

  private static @Nullable Place telling(Asked asked, List<Place> places) {
    List<Place> telling = places.stream().filter(place -> place.tells(asked)).toList();
    return telling.isEmpty() ? null : likest(asked, telling);
  }

  private static Place likest(Asked asked, List<Place> places) {
    Set<String> words = words(asked.question());
    return Collections.max(places, Comparator.comparingLong(place -> place.shares(words)));
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
        .map(word -> word.substring(0, Math.min(STEM, word.length())))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
