package dev.refrain.processors.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** The terms of a text, after the analysis that the passages of an index have. Stateless. */
public final class Terms {
  private static final Analyzer ANALYZER = PassageFields.analyzer();

  private Terms() {}

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
