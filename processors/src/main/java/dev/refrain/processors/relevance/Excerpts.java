package dev.refrain.processors.relevance;

import dev.refrain.processors.retrieval.Passage;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shortens passages to the sentences that have most to do with a question, so that a small model
 * has less to go astray in. What the title says counts for no sentence, because it stands before
 * all of them. Nothing is left to chance: a sentence that scores as high as the last one taken is
 * taken too, and a passage of which no sentence scores above 0 stays whole. Safe for use by many
 * threads.
 *
 * @param sentences of a passage, 1 or more; more only where they score as high
 * @param relevance scores them
 */
public record Excerpts(int sentences, Relevance relevance) {
  public Excerpts {
    if (sentences < 1) {
      throw new IllegalArgumentException("sentences is %d, must be 1 or more".formatted(sentences));
    }
  }

  /** The passage with its best sentences, in their order. */
  public Passage of(String question, Passage passage) {
    Relevance.Asked asked = relevance.of(question).without(passage.title());
    List<String> all = Sentences.of(passage.text());
    List<Double> scores = all.stream().map(asked::said).toList();
    double least =
        scores.stream()
            .filter(of -> of > 0)
            .sorted(Comparator.reverseOrder())
            .limit(sentences)
            .reduce(0.0, (_, last) -> last);
    List<String> best =
        IntStream.range(0, all.size())
            .filter(at -> scores.get(at) >= least)
            .mapToObj(all::get)
            .toList();
    return best.size() == all.size()
        ? passage
        : new Passage(passage.id(), passage.title(), String.join(" ", best));
  }
}
