package dev.refrain.topology.prompts;

import dev.refrain.connectors.house.TwoPassExercise.Telling;
import org.jspecify.annotations.Nullable;

/**
 * How many held-out questions a pass gets right behind its soft prompt and without it. Both second
 * passes are shown the same passages; the candidates are the same with and without the chooser's
 * prompt. Where nothing tells the answer, declining is right.
 *
 * @param pass which
 * @param telling what is told in which pass; null for all together
 * @param questions how many; for the choosing pass those with a candidate
 * @param plain exact match without the prompt, in [0, 1]
 * @param tuned exact match behind it, in [0, 1]
 * @param candidates share of the questions whose candidates hold the answer, in [0, 1]; null where
 *     none are shown
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
    /** The first, behind the reader's prompt; not of questions in two steps. */
    FIRST,
    /** A second one that reads what was retrieved again, behind the reader's prompt. */
    AGAIN,
    /** A second one that chooses among the candidates of the first, behind the chooser's. */
    CHOOSING
  }
}
