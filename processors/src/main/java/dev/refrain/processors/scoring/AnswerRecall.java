package dev.refrain.processors.scoring;

/**
 * Share of questions with an answer string in at least one of the first k passages, as DPR reports
 * it, for k of 1, 5, 20 and 100.
 *
 * @param questions number of questions
 */
public record AnswerRecall(int questions, double at1, double at5, double at20, double at100) {
  /** How many passages a question needs for all of these. */
  public static final int DEPTH = 100;

  /** Counts the ranks at which answers first occur. Not safe for use by many threads. */
  public static final class Counter {
    private final int[] first = new int[DEPTH];
    private int questions;

    /**
     * Counts a question.
     *
     * @param rank of the first passage with an answer, from 1; 0 where there is none
     */
    public void add(int rank) {
      questions++;
      if (rank >= 1 && rank <= DEPTH) {
        first[rank - 1]++;
      }
    }

    /** The shares so far; 0 without a question. */
    public AnswerRecall recall() {
      return new AnswerRecall(questions, at(1), at(5), at(20), at(100));
    }

    private double at(int k) {
      int found = 0;
      for (int i = 0; i < k; i++) {
        found += first[i];
      }
      return questions == 0 ? 0 : (double) found / questions;
    }
  }
}
