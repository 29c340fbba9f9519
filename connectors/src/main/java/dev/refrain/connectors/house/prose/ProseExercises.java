package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Exercises;
import dev.refrain.connectors.house.worlds.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Exercises in reading made from plain English text: any number of them, each from its own number.
 * Names and numbers are replaced anew for each, so that what is remembered of one misleads in the
 * next. Immutable once read, thread-safe.
 */
public final class ProseExercises implements Exercises {
  private final long seed;
  private final ExerciseMaker maker;

  private ProseExercises(long seed, ExerciseMaker maker) {
    this.seed = seed;
    this.maker = maker;
  }

  /**
   * Reads the openings of a corpus's articles.
   *
   * @param corpus JSON lines with "title" and "text", gzipped if its name ends in ".gz"
   * @param banned names and words, asked in lower case and as they stand in the text, that must not
   *     occur: sentences with such a word are left out, and no invented name is one
   * @throws IllegalArgumentException if no article of the corpus is usable
   */
  public static ProseExercises read(Path corpus, long seed, Predicate<String> banned)
      throws IOException {
    CorpusReader reader = new CorpusReader(banned);
    reader.read(corpus);
    Lexicon lexicon = new Lexicon(reader.counts());
    Tagger tagger = new Tagger(lexicon);
    Gazetteer gazetteer = new Gazetteer(lexicon);
    List<Passage> passages = reader.passages(tagger, gazetteer, new Dice(seed));
    if (passages.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has 0 usable articles, must have at least 1".formatted(corpus));
    }
    NamePool pool = new NamePool(reader.counts(), banned, new Dice(seed + 1));
    Questioner questioner = new Questioner(lexicon.verbs(), gazetteer);
    return new ProseExercises(
        seed, new ExerciseMaker(new Library(passages), tagger, pool, questioner));
  }

  /** How many articles were read. */
  public int articles() {
    return maker.articles();
  }

  /**
   * The exercise of this number.
   *
   * @return the same for the same corpus, seed, number and stage
   */
  @Override
  public Exercise exercise(long number, Stage stage) {
    Dice dice = new Dice(seed * 0x9E3779B97F4A7C15L + Dice.mix(number));
    return maker.make(stage, dice);
  }
}
