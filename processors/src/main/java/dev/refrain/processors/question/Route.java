package dev.refrain.processors.question;

/** How a second pass is made. */
public enum Route {
  /** The model chooses among the candidates of the first pass (G section 4.1). */
  TEXTUAL,
  /**
   * Passages are retrieved again with the candidates in the query, then read as in a first pass.
   */
  RE_RETRIEVE,
  /** The passage that has the likeliest candidate as its title is read, as in a first pass. */
  FOLLOW
}
