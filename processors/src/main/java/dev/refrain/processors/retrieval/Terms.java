package dev.refrain.processors.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** The terms of a text, after the analysis that the passages of an index have. Stateless. */
public final class Terms {
  /** A word as it stands in a text, in group 1, without the "'s" of a possessive. */
  public static final Pattern WORD = Pattern.compile("([\\p{L}\\p{N}\\p{M}]+)(?:['’]s\\b)?");

  private static final Analyzer ANALYZER = PassageFields.analyzer();

  private static final Set<String> FUNCTION_WORDS = functionWords();

  private Terms() {}

  private static Set<String> functionWords() {
    Set<String> words =
        new HashSet<>(List.of("he", "her", "him", "his", "its", "our", "she", "we"));
    EnglishAnalyzer.getDefaultStopSet().forEach(word -> words.add(new String((char[]) word)));
    return Set.copyOf(words);
  }

  /**
   * Whether a word says nothing by itself: the words that are no terms, and personal pronouns.
   *
   * @param word in lower case
   */
  public static boolean isFunctionWord(String word) {
    return FUNCTION_WORDS.contains(word);
  }

  /** The distinct terms of a text, in the order of their first place. */
  public static Set<String> of(String text) {
    return frequencies(text).keySet();
  }

  /** How often each term of a text stands in it, in the order of their first place. */
  static Map<String, Integer> frequencies(String text) {
    Map<String, Integer> frequencies = new LinkedHashMap<>();
    try (TokenStream tokens = ANALYZER.tokenStream(PassageFields.CONTENTS, text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        frequencies.merge(term.toString(), 1, Integer::sum);
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot analyse a text", e);
    }
    return frequencies;
  }
}
