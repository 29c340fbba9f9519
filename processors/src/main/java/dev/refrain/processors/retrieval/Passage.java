package dev.refrain.processors.retrieval;

/**
 * What a reader gets to read.
 *
 * @param id identifies the passage in its index: document id, {@code #}, number of the passage in
 *     the document from 0; for a document that is not cut, the document's id
 * @param title of the document; may be empty
 * @param text without the title
 */
public record Passage(String id, String title, String text) {}
