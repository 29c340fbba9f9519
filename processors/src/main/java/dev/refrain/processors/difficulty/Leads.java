package dev.refrain.processors.difficulty;

import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.relevance.Coverage;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.retrieval.Retriever;
import java.util.List;

/**
 * Sees whether an answer is only the first of two steps: "In which city was the man born who built
 * it?" is answered with the man, of whom another passage tells the rest. Safe for use by many
 * threads.
 *
 * @param retriever finds the other passage
 * @param coverage says how much of the question the passages say that were read
 * @param below an answer may be a first step only where they say less, in [0, 1]; 0 for never
 */
public record Leads(Retriever retriever, Coverage coverage, double below) {

  /**
   * Whether the likeliest candidate is the title of a passage that was not read, and what was read
   * leaves much of the question unsaid.
   *
   * @throws java.io.UncheckedIOException if the index cannot be read
   */
  public boolean on(String question, List<Hit> read, List<Candidate> candidates) {
    return below > 0
        && !candidates.isEmpty()
        && coverage.of(question, read) < below
        && isTitleElsewhere(candidates.getFirst().text(), read);
  }

  private boolean isTitleElsewhere(String candidate, List<Hit> read) {
    return retriever.retrieve(candidate, 1).stream()
        .map(Hit::passage)
        .filter(found -> Candidates.same(found.title(), candidate))
        .map(Passage::id)
        .anyMatch(found -> read.stream().noneMatch(hit -> hit.passage().id().equals(found)));
  }
}
