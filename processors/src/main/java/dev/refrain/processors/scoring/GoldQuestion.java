package dev.refrain.processors.scoring;

import java.util.List;

/**
 * A question whose answers are known.
 *
 * @param answers any of which is right
 */
public record GoldQuestion(String id, String text, List<String> answers) {
  /** Copies the answers. */
  public GoldQuestion {
    answers = List.copyOf(answers);
  }
}
