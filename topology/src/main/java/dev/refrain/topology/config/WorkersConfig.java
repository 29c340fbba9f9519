package dev.refrain.topology.config;

/**
 * Section {@code workers}: the pools.
 *
 * @param rerank the pool of the re-ranker
 * @param lm the pool of the frozen language model
 * @param openai what serves that pool in the place of a model that is loaded here
 */
public record WorkersConfig(PoolConfig rerank, PoolConfig lm, OpenAiConfig openai) {}
