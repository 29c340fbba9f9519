package dev.refrain.processors.relevance;

import dev.refrain.processors.retrieval.Terms;
import java.util.HashSet;
import java.util.Set;

/**
 * A question asks about its terms, each of weight 1, and a text says those that it shares with it.
 * Terms are those of the index: English stems without function words.
 */
public record SharedTerms() implements Relevance {
  @Override
  public Asked of(String question) {
    return new AskedTerms(Terms.of(question));
  }

  private record AskedTerms(Set<String> terms) implements Asked {
    @Override
    public double weight() {
      return terms.size();
    }

    @Override
    public double said(String text) {
      return Terms.of(text).stream().filter(terms::contains).count();
    }

    @Override
    public Asked without(String title) {
      Set<String> left = new HashSet<>(terms);
      left.removeAll(Terms.of(title));
      return new AskedTerms(left);
    }
  }
}
