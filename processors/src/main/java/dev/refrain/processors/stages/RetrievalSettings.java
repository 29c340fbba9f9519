package dev.refrain.processors.stages;

import dev.refrain.processors.packing.PromptTemplate;
import java.util.List;

/**
 * What is retrieved, and how much of it is kept.
 *
 * @param topK passages to retrieve, 1 or more
 * @param secondQuery query of a second retrieval, with the slots {question} and {candidates}
 * @param queryCandidates most candidates in that query, 1 or more
 * @param keep passages kept after re-ranking, 1 or more
 */
public record RetrievalSettings(
    int topK, PromptTemplate secondQuery, int queryCandidates, int keep) {
  public RetrievalSettings {
    secondQuery.requiring(List.of("question", "candidates"));
    if (topK < 1) {
      throw new IllegalArgumentException("topK is %d, must be 1 or more".formatted(topK));
    }
    if (queryCandidates < 1) {
      throw new IllegalArgumentException(
          "queryCandidates is %d, must be 1 or more".formatted(queryCandidates));
    }
    if (keep < 1) {
      throw new IllegalArgumentException("keep is %d, must be 1 or more".formatted(keep));
    }
  }
}
