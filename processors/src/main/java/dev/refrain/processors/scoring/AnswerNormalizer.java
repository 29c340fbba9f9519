package dev.refrain.processors.scoring;

/** stub */
public final class AnswerNormalizer {
  private AnswerNormalizer() {}

  public static String normalize(String s) {
    return s.toLowerCase(java.util.Locale.ROOT).strip();
  }
}
