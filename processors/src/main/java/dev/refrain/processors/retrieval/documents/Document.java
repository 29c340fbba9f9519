package dev.refrain.processors.retrieval.documents;

/**
 * One document of a corpus.
 *
 * @param id identifies the document in its corpus; not blank
 * @param title may be empty
 * @param text without the title; may be empty
 * @param isPassage whether its corpus has cut it already, as DPR's has; such a document is never
 *     cut again and its id is the passage's
 */
public record Document(String id, String title, String text, boolean isPassage) {
  /** Checks the id. */
  public Document {
    if (id.isBlank()) {
      throw new IllegalArgumentException("A document's id is blank; its title is '" + title + "'.");
    }
  }
}
