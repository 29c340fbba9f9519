package dev.refrain.connectors.house;

import dev.refrain.connectors.house.worlds.Stage;
import java.util.List;

/**
 * What is read when: from one short article to several long ones. A lesson once reached is never
 * left for good; some micro-batches go back to an earlier one.
 *
 * @param lessons in their order, one or more; the first begins at share 0
 */
record Curriculum(List<Lesson> lessons) {
  /** Every so many micro-batches an earlier lesson comes again. */
  private static final long REVISION = 6;

  /**
   * One kind of exercise.
   *
   * @param from share of all steps after which it begins, in [0, 1)
   * @param stage how hard its exercises are
   * @param length T, tokens of a sequence; what is longer is cut between two questions
   * @param otherWeight weight of tokens that are no answer; those of an answer have 1. Names that
   *     come again are what copying is learnt from first
   */
  record Lesson(double from, Stage stage, int length, double otherWeight) {}

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
    boolean revises = last > 0 && number % REVISION == 0;
    return lessons.get(revises ? (int) (number / REVISION % last) : last);
  }
}
