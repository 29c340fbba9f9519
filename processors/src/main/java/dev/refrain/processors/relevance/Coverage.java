package dev.refrain.processors.relevance;

import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import java.util.List;

/**
 * How far passages say what a question asks about: where they say all of it, they likely hold the
 * answer too. Safe for use by many threads.
 *
 * @param relevance weighs what is asked
 */
public record Coverage(Relevance relevance) {
  /**
   * The share that the title and one sentence of one passage say, of those that say most.
   *
   * @return in [0, 1]; 0 where the question asks about nothing, or there is no passage
   */
  public double of(String question, List<Hit> hits) {
    Relevance.Asked asked = relevance.of(question);
    double most = hits.stream().mapToDouble(hit -> said(asked, hit.passage())).reduce(0, Math::max);
    return most == 0 ? 0 : most / asked.weight();
  }

  private static double said(Relevance.Asked asked, Passage passage) {
    Relevance.Asked left = asked.without(passage.title());
    double best =
        Sentences.of(passage.text()).stream().mapToDouble(left::said).reduce(0, Math::max);
    return asked.weight() - left.weight() + best;
  }
}
