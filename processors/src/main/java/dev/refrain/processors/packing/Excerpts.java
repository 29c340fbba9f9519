package dev.refrain.processors.packing;

import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.retrieval.Terms;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Shortens passages to the sentences that share most terms with a question, so that a small model
 * has less to go astray in. Terms are those of the index: English stems without function words.
 * Those of the title count for no sentence, because it stands before all of them. Nothing is left
 * to chance: a sentence that shares as many as the last one taken is taken too, and a passage of
 * which no sentence shares any stays whole. Safe for use by many threads.
 *
 * @param sentences of a passage, 1 or more; more only where they share as many terms
 */
public record Excerpts(int sentences) {
  public Excerpts {
    if (sentences < 1) {
      throw new IllegalArgumentException("sentences is %d, must be 1 or more".formatted(sentences));
    }
  }

  /** The passage with its best sentences, in their order. */
  public Passage of(String question, Passage passage) {
    Set<String> asked = new HashSet<>(Terms.of(question));
    asked.removeAll(Terms.of(passage.title()));
    List<String> all = Sentences.of(passage.text());
    List<Long> shared = all.stream().map(sentence -> shared(asked, sentence)).toList();
    long least =
        shared.stream()
            .filter(terms -> terms > 0)
            .sorted(Comparator.reverseOrder())
            .limit(sentences)
            .reduce(0L, (_, last) -> last);
    List<String> best =
        IntStream.range(0, all.size())
            .filter(at -> shared.get(at) >= least)
            .mapToObj(all::get)
            .toList();
    return best.size() == all.size()
        ? passage
        : new Passage(passage.id(), passage.title(), String.join(" ", best));
  }

  private static long shared(Set<String> asked, String sentence) {
    return Terms.of(sentence).stream().filter(asked::contains).count();
  }
}
