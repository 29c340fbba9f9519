package dev.refrain.processors.packing;

import dev.refrain.processors.retrieval.Hit;
import java.util.List;

/**
 * A prompt and the passages in it.
 *
 * @param prompt the complete prompt
 * @param promptTokens its tokens, begin-of-sequence included
 * @param hits the packed passages, best first whatever their order in the prompt
 */
public record PackedContext(String prompt, int promptTokens, List<Hit> hits) {
  public PackedContext {
    hits = List.copyOf(hits);
  }
}
