package dev.refrain.processors.retrieval;

/** stub */
public record Passage(String id, String title, String text) {}
