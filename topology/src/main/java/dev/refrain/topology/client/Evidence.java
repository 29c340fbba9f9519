package dev.refrain.topology.client;

/**
 * A passage that stood in the context of the last pass.
 *
 * @param id passage id in the index
 * @param title title of its document; may be empty
 * @param text its text
 * @param score score of the last ranking
 */
public record Evidence(String id, String title, String text, double score) {}
