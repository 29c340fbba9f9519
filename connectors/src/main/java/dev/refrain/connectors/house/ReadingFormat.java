package dev.refrain.connectors.house;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How passages, questions and answers are written for the house model. Every piece begins with a
 * space or is the end of a line, so that a name has the same tokens in a title, in a sentence, in a
 * question and in an answer.
 */
public final class ReadingFormat {
  /** What the model answers where the passages do not tell. */
  public static final String NO_ANSWER = "unknown";

  private ReadingFormat() {}

  /** A passage of the context. */
  public static String passage(String title, String text) {
    return " " + title + ": " + text + "\n";
  }

  /** A question before the context, so that the passages are read with it in mind. */
  public static String announcement(String question) {
    return " Question: " + question + "\n";
  }

  /** A question after the context or after an earlier answer, up to where the answer begins. */
  public static String question(String question) {
    return " Question: " + question + "\n Answer:";
  }

  /**
   * A question with candidates to choose from, up to where the answer begins.
   *
   * @param candidates one or more
   */
  public static String question(String question, List<String> candidates) {
    String listed = candidates.stream().map(ReadingFormat::candidate).collect(Collectors.joining());
    return " Question: " + question + "\n Candidates:" + listed + "\n Answer:";
  }

  /** One candidate of those to choose from. */
  static String candidate(String text) {
    return " " + text + ";";
  }

  /**
   * An answer with the end of its line, at which generation stops.
   *
   * @param answer empty where the passages do not tell
   */
  public static String answer(String answer) {
    return " " + (answer.isEmpty() ? NO_ANSWER : answer) + "\n";
  }
}
