package dev.refrain.topology.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Section {@code packing}: which passages go into the model's context.
 *
 * @param overflow what happens at the first passage that does not fit
 * @param order where the best passage stands in the context
 * @param maxPassages most passages in the context, 1 or more
 */
public record PackingConfig(Overflow overflow, Order order, int maxPassages) {

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
  }
}
