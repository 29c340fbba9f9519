package dev.refrain.processors.packing;

import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.retrieval.Terms;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Shortens passages to the sentences that share most terms with a question, so that a small model
 * has less to go astray in. Terms are those of the index: English stems without function words.
 * Those of the title count for no sentence, because it stands before all of them. Safe for use by
 * many threads.
 *
 * @param sentences most sentences of a passage, 1 or more
 */
public record Excerpts(int sentences) {
  public Excerpts {
    if (sentences < 1) {
      throw new IllegalArgumentException("sentences is %d, must be 1 or more".formatted(sentences));
    }
  }

  /** The passage with its best sentences, in their order; of equal ones the earlier are taken. */
  public Passage of(String question, Passage passage) {
    List<String> all = Sentences.of(passage.text());
    if (all.size() <= sentences) {
      return passage;
    }
    Set<String> asked = new HashSet<>(Terms.of(question));
    asked.removeAll(Terms.of(passage.title()));
    String best =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(Comparator.comparingLong((Integer at) -> shared(asked, all.get(at))).reversed())
            .limit(sentences)
            .sorted()
            .map(all::get)
            .collect(Collectors.joining(" "));
    return new Passage(passage.id(), passage.title(), best);
  }

  private static long shared(Set<String> asked, String sentence) {
    return Terms.of(sentence).stream().filter(asked::contains).count();
  }
}
