package dev.refrain.processors.packing;

import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.work.AnswerSpans;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prompt and the passages in it.
 *
 * @param prompt the complete prompt
 * @param promptTokens its tokens, begin-of-sequence included
 * @param hits the packed passages, best first whatever their order in the prompt
 * @param spans what an answer may be taken from; null where it may say anything
 */
public record PackedContext(
    String prompt, int promptTokens, List<Hit> hits, @Nullable AnswerSpans spans) {
  public PackedContext {
    hits = List.copyOf(hits);
  }

  /** A prompt whose answer may say anything. */
  public PackedContext(String prompt, int promptTokens, List<Hit> hits) {
    this(prompt, promptTokens, hits, null);
  }

  /** The same prompt with an answer that is held to spans of it. */
  PackedContext heldTo(AnswerSpans newSpans) {
    return new PackedContext(prompt, promptTokens, hits, newSpans);
  }

  /** The same prompt of other passages: of those whose excerpts it holds. */
  PackedContext of(List<Hit> passages) {
    return new PackedContext(prompt, promptTokens, passages, spans);
  }
}
