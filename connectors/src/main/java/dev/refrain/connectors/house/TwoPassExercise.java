package dev.refrain.connectors.house;

import dev.refrain.connectors.house.worlds.Article;
import java.util.List;

/**
 * One question and what each of two passes is shown of it.
 *
 * @param number of the exercise that it was taken from; no other fold has one of this number
 * @param telling what is told in which pass
 * @param question in plain words
 * @param first what the first pass is shown
 * @param second what the second pass is shown
 */
public record TwoPassExercise(
    long number, Telling telling, String question, Glance first, Glance second) {

  /** What is told in which pass. */
  public enum Telling {
    /** The answer, in both. */
    TOLD,
    /** The answer, in the second only: the first pass has another subject's article. */
    FOUND_LATER,
    /** In the first what the question's inner step leads to, in the second the answer. */
    TWO_STEP,
    /** Nothing that answers, in neither. */
    UNTOLD
  }

  /**
   * What one pass is shown.
   *
   * @param articles one or more, in the order to pack them
   * @param answer what a pass that is shown these shall say; empty where it shall decline
   */
  public record Glance(List<Article> articles, String answer) {
    public Glance {
      articles = List.copyOf(articles);
    }
  }
}
