package dev.refrain.processors.scoring;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Exact match and F1 of an answer, normalised as NQ-open's official script does (google-research,
 * {@code language/orqa/utils/eval_utils.py}): canonical decomposition, lower case, without ASCII
 * punctuation, without articles, white space collapsed. F1 is SQuAD's over the same tokens. Takes
 * the best of several gold answers.
 *
 * <p>Python's {@code \b} knows letters, numbers and the underscore; combining marks are none of
 * them, so that the {@code a} of a decomposed {@code á} counts as an article there, and here.
 */
public final class AnswerScore {
  private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  /** What Python's {@code str.split()} splits at: no-break spaces and four controls included. */
  private static final Pattern SPACE =
      Pattern.compile(
          "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+");

  private AnswerScore() {}

  /** An answer without the differences that do not count; may be empty. */
  public static String normalize(String answer) {
    return String.join(" ", tokens(answer));
  }

  /** Whether an answer equals one of the gold answers after normalisation. */
  public static boolean exactMatch(String answer, Collection<String> golds) {
    return best(answer, golds, (a, gold) -> normalize(a).equals(normalize(gold)) ? 1 : 0) > 0;
  }

  /**
   * The best F1 of an answer's tokens against those of a gold answer, from 0 to 1. Two answers
   * without tokens agree with neither each other nor anything else.
   */
  public static double f1(String answer, Collection<String> golds) {
    return best(answer, golds, (a, gold) -> f1(tokens(a), tokens(gold)));
  }

  private static double best(
      String answer, Collection<String> golds, ToDoubleBiFunction<String, String> score) {
    return golds.stream().mapToDouble(gold -> score.applyAsDouble(answer, gold)).max().orElse(0);
  }

  private static double f1(List<String> answer, List<String> gold) {
    Map<String, Integer> left = new HashMap<>();
    gold.forEach(token -> left.merge(token, 1, Integer::sum));
    int shared = 0;
    for (String token : answer) {
      if (left.merge(token, -1, Integer::sum) >= 0) {
        shared++;
      }
    }
    if (shared == 0) {
      return 0;
    }
    double precision = (double) shared / answer.size();
    double recall = (double) shared / gold.size();
    return 2 * precision * recall / (precision + recall);
  }

  private static List<String> tokens(String answer) {
    String decomposed = Normalizer.normalize(answer, Normalizer.Form.NFD);
    String bare = PUNCTUATION.matcher(LowerCase.of(decomposed)).replaceAll("");
    String[] words = SPACE.split(withoutArticles(bare));
    return new ArrayList<>(Arrays.stream(words).filter(word -> !word.isEmpty()).toList());
  }

  /**
   * A pattern that looks behind an article would take half a surrogate pair for no letter, so whole
   * words are compared.
   */
  private static String withoutArticles(String text) {
    return WORD.matcher(text)
        .replaceAll(
            word -> ARTICLES.contains(word.group()) ? " " : Matcher.quoteReplacement(word.group()));
  }
}
