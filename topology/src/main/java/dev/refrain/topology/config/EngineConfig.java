package dev.refrain.topology.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.refrain.gpuworkers.model.EngineSettings;

/**
 * Section {@code model.engine}: how requests run together.
 *
 * @param batching whether an answer may depend in its last bits on what runs beside it
 * @param kvMemory MiB of keys and values of all requests together, 1 or more
 * @param prefillChunk most tokens of prompts that are read in one step, 1 or more
 * @param maxSequences most sequences that are in memory at once, 1 or more
 */
public record EngineConfig(Batching batching, int kvMemory, int prefillChunk, int maxSequences) {
  private static final long MIB = 1 << 20;

  /** The same bits whatever runs beside, or as fast as can be. */
  public enum Batching {
    @JsonProperty("exact")
    EXACT,
    @JsonProperty("fast")
    FAST
  }

  public EngineConfig {
    Require.atLeast(1, "kvMemory", kvMemory);
    Require.atLeast(1, "prefillChunk", prefillChunk);
    Require.atLeast(1, "maxSequences", maxSequences);
  }

  /**
   * The settings of an engine.
   *
   * @param threads processor threads of one call
   */
  public EngineSettings settings(int threads) {
    return new EngineSettings(
        threads,
        switch (batching) {
          case EXACT -> dev.refrain.gpuworkers.model.Batching.EXACT;
          case FAST -> dev.refrain.gpuworkers.model.Batching.FAST;
        },
        kvMemory * MIB,
        prefillChunk,
        maxSequences);
  }
}
