package dev.refrain.topology.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Section {@code rerank}: how retrieved passages are ordered again.
 *
 * @param kind what gives the new scores
 * @param keep passages kept after it, 1 or more
 */
public record RerankConfig(Kind kind, int keep) {

  /** What gives the new scores; identity keeps the order of retrieval. */
  public enum Kind {
    @JsonProperty("identity")
    IDENTITY
  }

  public RerankConfig {
    Require.atLeast(1, "keep", keep);
  }
}
