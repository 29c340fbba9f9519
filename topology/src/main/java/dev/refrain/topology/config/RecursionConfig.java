package dev.refrain.topology.config;

import java.util.List;
import java.util.Set;

/**
 * Section {@code recursion}: the second pass, which sees what the first one proposed.
 *
 * @param prompt template of the whole prompt, with {@code {context}}, {@code {question}} and {@code
 *     {candidates}}
 * @param candidate template of one candidate, with {@code {text}} and perhaps {@code {count}}, how
 *     often it was given; joined without anything between
 * @param maxCandidates most candidates shown to the second pass, 1 or more
 * @param query template of the query that retrieves again, with {@code {question}} and {@code
 *     {candidates}}
 * @param queryCandidates most candidates in that query, 1 or more
 * @param followBelow share of the question, in [0, 1]: where the passages say less of it, and the
 *     likeliest candidate is the title of another one, that one is read; 0 for never
 */
public record RecursionConfig(
    String prompt,
    String candidate,
    int maxCandidates,
    String query,
    int queryCandidates,
    double followBelow) {

  public RecursionConfig {
    Require.placeholders(
        "prompt",
        prompt,
        List.of("context", "question", "candidates"),
        Set.of("context", "question", "candidates"));
    Require.placeholders("candidate", candidate, List.of("text"), Set.of("text", "count"));
    Require.placeholders(
        "query", query, List.of("question", "candidates"), Set.of("question", "candidates"));
    Require.atLeast(1, "maxCandidates", maxCandidates);
    Require.atLeast(1, "queryCandidates", queryCandidates);
    Require.that(followBelow >= 0 && followBelow <= 1, "followBelow", followBelow, "in [0, 1]");
  }
}
