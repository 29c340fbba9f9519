package dev.refrain.topology.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Section {@code packing}: which passages go into the model's context.
 *
 * @param overflow what happens at the first passage that does not fit
 * @param order where the best passage stands in the context
 * @param maxPassages most passages in the context, 1 or more
 * @param firstPassSentences sentences of a passage that the first pass sees, those that share most
 *     words with the question; 0 for whole passages
 */
public record PackingConfig(
    Overflow overflow, Order order, int maxPassages, int firstPassSentences) {

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
