package dev.refrain.connectors.house;

import dev.refrain.connectors.house.worlds.Article;
import dev.refrain.connectors.house.worlds.Asked;
import dev.refrain.connectors.house.worlds.Exercise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The tokens of one exercise: its passages, then questions with their answers as long as they fit.
 * Not safe for use by many threads.
 */
final class ReadingSequence {
  /** One question in so many comes with candidates to choose from. */
  private static final int CHOOSING = 8;

  private static final int MOST_CANDIDATES = 8;

  private final Function<String, int[]> tokenizer;
  private final int length;
  private final int[] ids;
  private final boolean[] answers;
  private int filled;

  /**
   * @param tokenizer gives the tokens of a text inside a sequence
   * @param length most tokens
   */
  ReadingSequence(Function<String, int[]> tokenizer, int length) {
    this.tokenizer = tokenizer;
    this.length = length;
    this.ids = new int[length];
    this.answers = new boolean[length];
  }

  /**
   * Writes an exercise.
   *
   * @param first the begin-of-sequence token
   * @param announced whether the first question stands before the passages as well
   * @param random decides which questions come with candidates
   * @return whether the passages and one question fitted
   */
  boolean write(int first, Exercise exercise, boolean announced, SplittableRandom random) {
    ids[filled++] = first;
    if (announced && !announce(exercise)) {
      return false;
    }
    for (Article article : exercise.articles()) {
      if (!append(ReadingFormat.passage(article.title(), article.text()), false)) {
        return false;
      }
    }
    int context = filled;
    for (Asked asked : exercise.questions()) {
      int before = filled;
      boolean whole =
          append(question(asked, exercise, random), false)
              && append(ReadingFormat.answer(asked.answer()), true);
      if (!whole) {
        filled = before;
        break;
      }
    }
    return filled > context;
  }

  private boolean announce(Exercise exercise) {
    return !exercise.questions().isEmpty()
        && append(ReadingFormat.announcement(exercise.questions().getFirst().question()), false);
  }

  private String question(Asked asked, Exercise exercise, SplittableRandom random) {
    return random.nextInt(CHOOSING) == 0
        ? ReadingFormat.question(asked.question(), candidates(asked, exercise, random))
        : ReadingFormat.question(asked.question());
  }

  /** Answers of the exercise's other questions, mostly with the right one among them. */
  private static List<String> candidates(Asked asked, Exercise exercise, SplittableRandom random) {
    List<String> others =
        new ArrayList<>(
            exercise.questions().stream()
                .map(Asked::answer)
                .filter(answer -> !answer.isEmpty() && !answer.equals(asked.answer()))
                .distinct()
                .toList());
    Collections.shuffle(others, random);
    int size = Math.min(others.size(), random.nextInt(MOST_CANDIDATES));
    List<String> candidates = new ArrayList<>(others.subList(0, size));
    if (!asked.answer().isEmpty() && (candidates.isEmpty() || random.nextInt(6) > 0)) {
      candidates.add(random.nextInt(candidates.size() + 1), asked.answer());
    }
    return candidates.isEmpty() ? List.of(ReadingFormat.NO_ANSWER) : candidates;
  }

  private boolean append(String text, boolean answer) {
    int[] tokens = tokenizer.apply(text);
    if (tokens.length > length - filled) {
      return false;
    }
    for (int token : tokens) {
      ids[filled] = token;
      answers[filled++] = answer;
    }
    return true;
  }

  /** Tokens written. */
  int filled() {
    return filled;
  }

  /** The token at a position below {@link #filled()}. */
  int id(int position) {
    return ids[position];
  }

  /** Whether it belongs to an answer. */
  boolean answers(int position) {
    return answers[position];
  }
}
