package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Exercises;
import dev.refrain.connectors.house.worlds.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Exercises in reading made from plain English text: any number of them, each from its own number.
 * Names and numbers are replaced anew for each, so that what is remembered of one misleads in the
 * next. Immutable once read, thread-safe.
 */
public final class ProseExercises implements Exercises {
  /** Share of the exercises that ask what people asked, where their questions are known. */
  private static final double ASKED = 0.6;

  private final long seed;
  private final ExerciseMaker maker;
  private final @Nullable AskedExercises asked;

  private ProseExercises(long seed, ExerciseMaker maker, @Nullable AskedExercises asked) {
    this.seed = seed;
    this.maker = maker;
    this.asked = asked;
  }

  /**
   * Reads the openings of a corpus's articles.
   *
   * @param corpus JSON lines with "title" and "text", gzipped if its name ends in ".gz"
   * @param questions that people asked, files of JSON lines with "question" and "answers"; those
   *     are used to which the corpus holds an answer
   * @param banned names and words, asked in lower case and as they stand in the text, that must not
   *     occur: sentences with such a word are left out, and no invented name is one
   * @throws IllegalArgumentException if no article of the corpus is usable
   */
  public static ProseExercises read(
      Path corpus, List<Path> questions, long seed, Predicate<String> banned) throws IOException {
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
    Library library = new Library(passages);
    Reteller reteller =
        new Reteller(tagger, new NamePool(reader.counts(), banned, new Dice(seed + 1)));
    Questioner questioner = new Questioner(lexicon.verbs(), gazetteer);
    List<HumanQuestion> human = new ArrayList<>();
    for (Path file : questions) {
      human.addAll(HumanQuestion.read(file));
    }
    List<Supervised> supervised =
        human.isEmpty()
            ? List.of()
            : new DistantSupervision(human, reteller, tagger, reader::isAllowed).over(passages);
    ExerciseMaker maker = new ExerciseMaker(library, reteller, questioner);
    return new ProseExercises(
        seed,
        maker,
        supervised.isEmpty() ? null : new AskedExercises(supervised, library, reteller, maker));
  }

  /** How many of the questions that people asked have an answer in the corpus. */
  public int asked() {
    return asked == null ? 0 : asked.supervised().size();
  }

  /**
   * The exercise of this number.
   *
   * @return the same for the same corpus, seed, number and stage
   */
  @Override
  public Exercise exercise(long number, Stage stage) {
    Dice dice = new Dice(seed * 0x9E3779B97F4A7C15L + Dice.mix(number));
    return asked != null && dice.chance(ASKED) ? asked.make(stage, dice) : maker.make(stage, dice);
  }
}
