package dev.refrain.processors.retrieval;

/** stub */
public record Hit(Passage passage, double score) {}
