package dev.refrain.topology.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code packing}: which passages go into the model's context.
 *
 * @param overflow what happens at the first passage that does not fit
 * @param order where the best passage stands in the context
 * @param maxPassages most passages in the context, 1 or more
 * @param firstPassSentences sentences of a passage that the first pass sees, those that have most
 *     to do with the question; 0 for whole passages
 * @param wordVectors a file of {@code refrain train words} by which these are found where they say
 *     it in other words; null to count the words in common
 */
public record PackingConfig(
    Overflow overflow,
    Order order,
    int maxPassages,
    int firstPassSentences,
    @Nullable Path wordVectors) {

  /** At a passage that does not fit: stop there, or skip it and try the next. */
  public enum Overflow {
    @JsonProperty("stop")
    STOP,
    @JsonProperty("skip")
    SKIP
  }

  /** The best passage first, or last and so next to the question. */
  public enum Order {
    @JsonProperty("best-first")
    BEST_FIRST,
    @JsonProperty("best-last")
    BEST_LAST
  }

  public PackingConfig {
    Require.atLeast(1, "maxPassages", maxPassages);
    Require.atLeast(0, "firstPassSentences", firstPassSentences);
  }
}
