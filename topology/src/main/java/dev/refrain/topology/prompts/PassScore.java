package dev.refrain.topology.prompts;

import dev.refrain.connectors.house.TwoPassExercise.Telling;
import org.jspecify.annotations.Nullable;

/**
 * How many held-out questions a pass gets right behind its soft prompt and without it. Both passes
 * are shown the same passages, those of the second; the chooser's candidates besides, which are the
 * same with and without its prompt. Where nothing tells the answer, declining is right.
 *
 * @param pass which
 * @param telling what is told in which pass; null for all together
 * @param questions how many; for the chooser those with a candidate
 * @param plain exact match without the prompt, in [0, 1]
 * @param tuned exact match behind it, in [0, 1]
 * @param candidates share of the questions whose candidates hold the answer, in [0, 1]; null for
 *     the reader
 */
public record PassScore(
    Pass pass,
    @Nullable Telling telling,
    int questions,
    double plain,
    double tuned,
    @Nullable Double candidates) {

  /** Which pass. */
  public enum Pass {
    /** Reads the passages. */
    READER,
    /** Chooses among candidates. */
    CHOOSER
  }
}
