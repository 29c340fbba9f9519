package dev.refrain.topology.config;

/**
 * Section {@code workers}: the pools.
 *
 * @param rerank the pool of the re-ranker
 * @param lm the pool of the frozen language model
 */
public record WorkersConfig(PoolConfig rerank, PoolConfig lm) {}
