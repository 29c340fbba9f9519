package dev.refrain.gpuworkers.generate;

/**
 * What an engine has done since it began, and what it holds.
 *
 * @param steps steps of the model
 * @param promptTokens tokens of prompts that were read
 * @param newTokens tokens that were generated
 * @param waiting requests that wait for memory
 * @param running requests that have it
 * @param kvBytes bytes of keys and values that those may hold
 */
public record EngineCounters(
    long steps, long promptTokens, long newTokens, int waiting, int running, long kvBytes) {
  /** Before the first step. */
  static final EngineCounters NONE = new EngineCounters(0, 0, 0, 0, 0, 0);
}
