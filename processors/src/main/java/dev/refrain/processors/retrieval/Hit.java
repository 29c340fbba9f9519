package dev.refrain.processors.retrieval;

/**
 * A passage found for a query.
 *
 * @param score higher is better; comparable within one list only
 */
public record Hit(Passage passage, double score) {}
