package dev.refrain.connectors.house;

import dev.refrain.connectors.house.worlds.Exercises;
import dev.refrain.connectors.house.worlds.Stage;
import java.util.List;

/**
 * What is read when. A lesson once reached is never left for good; some micro-batches go back to an
 * earlier one.
 *
 * @param lessons in their order, one or more; the first begins at share 0
 * @param revision every so many micro-batches an earlier lesson comes again, 1 or more
 */
record Curriculum(List<Lesson> lessons, long revision) {

  /** From one short article to several long ones. */
  static Curriculum ofArticles() {
    return new Curriculum(
        List.of(
            new Lesson(0, new Stage(1, 1, 1, 1, 4), 80, 0.5),
            new Lesson(0.03, new Stage(1, 1, 1, 3, 8), 128, 0.5),
            new Lesson(0.12, new Stage(1, 2, 2, 4, 8), 208, 0.1),
            new Lesson(0.3, new Stage(1, 2, 2, 6, 10), 256, 0.05),
            new Lesson(0.6, new Stage(1, 3, 2, 7, 10), 320, 0.05)),
        6);
  }

  /** Single sentences of articles, and every other time whole ones; a question before each. */
  static Curriculum ofExcerpts() {
    Stage stage = new Stage(1, 3, 2, 7, 10);
    Lesson articles = new Lesson(0, stage, 320, 0.05, false, true, 4);
    return new Curriculum(List.of(articles, new Lesson(0, stage, 112, 0.05, true, true, 4)), 2);
  }

  /**
   * One kind of exercise.
   *
   * @param from share of all steps after which it begins, in [0, 1)
   * @param stage how hard its exercises are
   * @param length T, tokens of a sequence; what is longer is cut between two questions
   * @param otherWeight weight of tokens that are no answer; those of an answer have 1. Names that
   *     come again are what copying is learnt from first
   * @param excerpts whether its passages are single sentences of what the stage tells
   * @param announced whether the first question stands before the passages as well
   * @param thinning one in so many of the tokens that are no answer is weighed, so many times as
   *     heavily, 1 or more: the vocabulary's logits take a quarter of the time where all are
   */
  record Lesson(
      double from,
      Stage stage,
      int length,
      double otherWeight,
      boolean excerpts,
      boolean announced,
      int thinning) {
    Lesson(double from, Stage stage, int length, double otherWeight) {
      this(from, stage, length, otherWeight, false, false, 1);
    }

    /** Where its exercises come from. */
    Exercises of(Exercises source) {
      return excerpts ? new ExcerptExercises(source) : source;
    }
  }

  Curriculum {
    lessons = List.copyOf(lessons);
  }

  /**
   * The lesson of a micro-batch.
   *
   * @param done share of all micro-batches before it, in [0, 1)
   * @param number of the micro-batch
   */
  Lesson lesson(double done, long number) {
    int last = 0;
    while (last + 1 < lessons.size() && lessons.get(last + 1).from() <= done) {
      last++;
    }
    boolean revises = last > 0 && number % revision == 0;
    return lessons.get(revises ? (int) (number / revision % last) : last);
  }
}
