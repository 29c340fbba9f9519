package dev.refrain.topology.evaluate.reading;

import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.scoring.GoldQuestion;
import java.util.regex.Pattern;

/**
 * A question and the paragraph that answers it.
 *
 * @param question the question with its accepted answers, one or more
 * @param paragraph the gold paragraph, whole
 */
public record ReadingQuestion(GoldQuestion question, Passage paragraph) {
  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  /**
   * A paragraph as a reader gets it from an index, where one blank stands between words.
   *
   * @param id unique within the file
   */
  static Passage paragraph(String id, String title, String text) {
    return new Passage(id, oneBlank(title), oneBlank(text));
  }

  private static String oneBlank(String text) {
    return SPACE.matcher(text).replaceAll(" ").strip();
  }
}
