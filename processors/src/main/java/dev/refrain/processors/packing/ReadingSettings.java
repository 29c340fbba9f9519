package dev.refrain.processors.packing;

import dev.refrain.processors.relevance.Relevance;
import dev.refrain.processors.work.GenerationSettings;
import java.util.List;

/**
 * What the frozen model is asked in each pass.
 *
 * @param reader prompt of a reading pass, with the slots {context} and {question}
 * @param chooser prompt of textual recursion, with the slots {context}, {question} and {candidates}
 * @param candidate template of one line of the candidates, with the slot {text}; {count} is there
 *     too
 * @param maxCandidates most candidates in the chooser's prompt, 1 or more
 * @param firstPassSentences sentences of a passage that the first pass sees; 0 for all
 * @param followBelow share of the question, in [0, 1], below which an answer that is another
 *     passage's title is followed there; 0 for never
 * @param relevance chooses them, and says how far the passages say what is asked
 * @param generation how it generates
 * @param answer what counts as an answer
 */
public record ReadingSettings(
    PromptTemplate reader,
    PromptTemplate chooser,
    PromptTemplate candidate,
    int maxCandidates,
    int firstPassSentences,
    double followBelow,
    Relevance relevance,
    GenerationSettings generation,
    AnswerSettings answer) {

  public ReadingSettings {
    reader.requiring(List.of("context", "question"));
    chooser.requiring(List.of("context", "question", "candidates"));
    candidate.requiring(List.of("text"));
    if (maxCandidates < 1) {
      throw new IllegalArgumentException(
          "maxCandidates is %d, must be 1 or more".formatted(maxCandidates));
    }
    if (firstPassSentences < 0) {
      throw new IllegalArgumentException(
          "firstPassSentences is %d, must be 0 or more".formatted(firstPassSentences));
    }
  }
}
